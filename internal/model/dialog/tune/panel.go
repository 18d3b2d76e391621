// Package tune is the tuning panel: it changes the policy of a sensor while the run goes
// on, and first shows what the change would have done to batches that were.
//
// It is given the policies in force and the batches to simulate again, and sends the
// chosen policy as a command. It defines no settings: their names, steps and ranges are
// the table of internal/engine/policy. It writes files and the clipboard only through
// functions that it is given.
package tune

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/model/dialog"
	"resiltui/internal/stats"
)

// Panel is the panel that changes the policy of a sensor, and shows what the change
// would have done to past batches.
type Panel struct {
	run    *event.Run
	sensor int
	rows   []row
	cursor int
	typed  *dialog.Entry
	remark dialog.Remark

	// inForce are the policies of all sensors, including those that the panel has sent;
	// opened is the policy of the sensor when the panel was opened; draft is the policy
	// that the user has chosen.
	inForce       []policy.Policy
	opened, draft policy.Policy

	// window is the batches that are simulated again. They stay the same while the panel
	// is open, so that settings are compared with the same faults. It is nil where
	// ghost.Why gives a reason. about says which batches they are.
	window dialog.Window
	about  string
	was    *replay
	ghost  outcome
	// busy says that a rehearsal is running, wanted that another one must follow.
	busy, wanted bool
	// save writes a new file; see Options.
	save func(ext, text string) (name string, err error)
}

// Options are the options of the panel.
type Options struct {
	Run *event.Run
	// Sensor is the index of the sensor whose policy is tuned; InForce are the policies
	// of all sensors.
	Sensor  int
	InForce []policy.Policy
	// Window is the batches to simulate again, and About says which batches they are
	// ("the newest"); Window is nil where Why says why there are none.
	Window dialog.Window
	About  string
	Why    string
	// Remark is shown when the panel opens.
	Remark dialog.Remark
	// Save writes a new file with this extension and returns its final name. A Cmd calls
	// it.
	Save func(ext, text string) (name string, err error)
}

// New returns the panel, and the Cmd of the first rehearsal.
func New(o Options) (*Panel, tea.Cmd) {
	t := &Panel{
		run: o.Run, sensor: o.Sensor, rows: rows(), remark: o.Remark, inForce: o.InForce,
		opened: o.InForce[o.Sensor], draft: o.InForce[o.Sensor],
		window: o.Window, about: o.About, ghost: outcome{Why: o.Why}, save: o.Save,
	}
	return t, t.rehearse()
}

// Query adds the sensor to the query.
func (t *Panel) Query(_ dialog.View, q *stats.Query) { dialog.AskSensor(q, t.sensor) }

// wrong is the error in the value that is typed for the setting at the cursor.
func (t *Panel) wrong() error {
	_, err := t.with(t.typed.Text())
	return err
}

// with is the draft with another value for the setting at the cursor.
func (t *Panel) with(text string) (policy.Policy, error) {
	p := t.draft
	if err := t.rows[t.cursor].Set(&p, strings.TrimSpace(text)); err != nil {
		return p, err
	}
	p = p.Complete()
	return p, p.Validate()
}

// differs says whether there is something to apply.
func (t *Panel) differs() bool {
	return len(policy.Differences(t.inForce[t.sensor], t.draft)) > 0
}
