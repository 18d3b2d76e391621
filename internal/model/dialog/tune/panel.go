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

// Panel is the panel that changes the policy of a sensor, and shows what it would
// have done to batches that were.
type Panel struct {
	run    *event.Run
	sensor int
	rows   []row
	cursor int
	typed  *dialog.Entry
	remark dialog.Remark

	// inForce are the policies of all sensors, as far as is known here; opened is
	// that of the sensor when the panel was opened; draft is what is chosen.
	inForce       []policy.Policy
	opened, draft policy.Policy

	// window is what is run again: the same batches as long as the panel is open, so
	// that settings are compared on the same faults. It is nil where ghost.Why says
	// why. about is what these batches are.
	window dialog.Window
	about  string
	was    *replay
	ghost  outcome
	// busy says that a rehearsal is on its way, wanted that another one must
	// follow.
	busy, wanted bool
	// save writes a new file; see Options.
	save func(ext, text string) (name string, err error)
}

// Options are what the panel is about.
type Options struct {
	Run *event.Run
	// Sensor is whose policy is tuned, by its index; InForce are the policies of
	// all sensors.
	Sensor  int
	InForce []policy.Policy
	// Window is what is run again, and About what these batches are ("the newest");
	// it is nil where Why says why there is nothing.
	Window dialog.Window
	About  string
	Why    string
	// Remark is what there is to say from the start.
	Remark dialog.Remark
	// Save writes a new file of this kind and says what it came to be called. It is
	// called by a Cmd.
	Save func(ext, text string) (name string, err error)
}

// New returns the panel, and the Cmd that runs the window again for the first
// time.
func New(o Options) (*Panel, tea.Cmd) {
	t := &Panel{
		run: o.Run, sensor: o.Sensor, rows: rows(), remark: o.Remark, inForce: o.InForce,
		opened: o.InForce[o.Sensor], draft: o.InForce[o.Sensor],
		window: o.Window, about: o.About, ghost: outcome{Why: o.Why}, save: o.Save,
	}
	return t, t.rehearse()
}

// Query has the snapshot hold the sensor.
func (t *Panel) Query(_ dialog.View, q *stats.Query) { dialog.AskSensor(q, t.sensor) }

// wrong says what is wrong with the value that is typed for the setting at the
// cursor.
func (t *Panel) wrong() error {
	_, err := t.with(t.typed.Text())
	return err
}

// with is the draft with another value of the setting at the cursor.
func (t *Panel) with(text string) (policy.Policy, error) {
	p := t.draft
	if err := t.rows[t.cursor].Set(&p, strings.TrimSpace(text)); err != nil {
		return p, err
	}
	p = p.Complete()
	return p, p.Validate()
}

// differs is true where there is something to apply.
func (t *Panel) differs() bool {
	return len(policy.Differences(t.inForce[t.sensor], t.draft)) > 0
}
