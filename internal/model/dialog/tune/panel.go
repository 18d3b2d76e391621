// Package tune is the panel that changes the policy of a sensor while the run goes on,
// and shows beforehand what that would have done to the newest batches.
//
// It is handed the policies in force and the batches to run again, and sends what is
// chosen as commands. It keeps no settings: the table of internal/engine/policy names,
// steps and reads them. It writes files and the clipboard through others only.
package tune

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/policy"
	"resiltui/internal/model/dialog"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
)

// Panel is the panel that changes the policy of a sensor, and shows what it would
// have done to the newest batches.
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

	// window is what is run again: the batches that were the newest when the panel
	// was opened, so that settings are compared on the same faults. It is nil
	// where ghost.Why says why.
	window dialog.Window
	was    *replay
	ghost  outcome
	// busy says that a rehearsal is on its way, wanted that another one must
	// follow.
	busy, wanted bool
	// save writes a new file; see tuningOptions.
	save func(ext, text string) (name string, err error)
}

// row is a setting and what it is about.
type row struct {
	policy.Setting
	group string
}

// rows are all settings, in the order of the panel.
func rows() []row {
	var out []row
	for _, group := range []string{"trip", "open", "close", "retry", "fallback", "timeout"} {
		for _, s := range policy.Settings() {
			if groupOf(s.Name) == group {
				out = append(out, row{s, group})
			}
		}
	}
	return out
}

// groupOf is what a setting is about, by its name.
func groupOf(name string) string {
	switch name {
	case "breaker.openFor", "breaker.openGrowth", "breaker.openMax", "breaker.openJitter":
		return "open"
	case "breaker.closeAfter", "breaker.probes", "breaker.probeTimeout":
		return "close"
	}
	switch first, _, _ := strings.Cut(name, "."); first {
	case "retry", "fallback", "timeout":
		return first
	default:
		return "trip"
	}
}

// Options are what the panel is about.
type Options struct {
	Run *event.Run
	// Sensor is whose policy is tuned, by its index; inForce are the policies of
	// all sensors.
	Sensor  int
	InForce []policy.Policy
	// Window is what is run again; it is nil where why says why there is nothing.
	Window dialog.Window
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
		window: o.Window, ghost: outcome{Why: o.Why}, save: o.Save,
	}
	return t, t.rehearse()
}

// scenario is the policy that the run began with.
func (t *Panel) scenario(i int) policy.Policy { return t.run.Sensors[i].Policy.Complete() }

// shared are the settings that `*` gives to all sensors: those in which the draft
// is not the scenario's, or not what it was when the panel was opened.
func (t *Panel) shared() []policy.Setting {
	scenario := t.scenario(t.sensor)
	var out []policy.Setting
	for _, s := range t.rows {
		if v := s.Get(t.draft); v != s.Get(scenario) || v != s.Get(t.opened) {
			out = append(out, s.Setting)
		}
	}
	return out
}

// given are the policies of the other sensors with the shared settings, where that
// changes them, and the words for these settings.
func (t *Panel) given() (others map[int]policy.Policy, at string) {
	shared := t.shared()
	if len(shared) == 0 {
		return nil, ""
	}
	others = map[int]policy.Policy{}
	for i, p := range t.inForce {
		if i == t.sensor {
			continue
		}
		if q := transfer(shared, t.draft, p); q.Validate() == nil {
			others[i] = q
		}
	}
	at = "with these,"
	if len(shared) == 1 {
		at = "at " + shared[0].Get(t.draft)
	}
	return others, at
}

// transfer gives settings of one policy to another. A setting may bring others
// along or take them away, so what is switched on comes first, and what was taken
// away is set once more.
func transfer(settings []policy.Setting, from, to policy.Policy) policy.Policy {
	const rounds = 4 // more than any setting needs
	for range rounds {
		changed := false
		for _, off := range []bool{false, true} {
			for _, s := range settings {
				v := s.Get(from)
				if (v == policy.Off) != off || s.Get(to) == v {
					continue
				}
				changed = s.Set(&to, v) == nil || changed
			}
		}
		if !changed {
			break
		}
	}
	return to.Complete()
}

// off says why a setting means nothing under a policy; empty where it does.
func off(name string, p policy.Policy) string {
	p = p.Resolved()
	group, _, _ := strings.Cut(name, ".")
	switch {
	case group == "breaker" && name != "breaker.off" && p.BreakerOff:
		return "(the breaker is disabled)"
	case group == "retry" && name != "retry.attempts" && p.Retry.MaxAttempts == 1:
		return "(one attempt, no retries)"
	case name == "fallback.maxAge" && p.Strategy == fallback.NameDrop:
		return "(nothing is substituted)"
	default:
		return ""
	}
}

// Query has the snapshot hold the sensor.
func (t *Panel) Query(_ dialog.View, q *stats.Query) { dialog.AskSensor(q, t.sensor) }

// Draw draws the panel.
func (t *Panel) Draw(v dialog.View) draw.Box {
	d := picture{
		Title: views.SensorTitle(t.run.Sensors[t.sensor]), Cursor: t.cursor,
		Ghost: t.ghost, Keys: t.hints(),
	}
	d.Note, d.Bad = t.remark.Shown(v)
	scenario := t.scenario(t.sensor)
	for _, s := range t.rows {
		d.Rows = append(d.Rows, pictureRow{
			Group: s.group, Label: s.Label, Unit: s.UnitOf(s.Get(t.draft)), Off: off(s.Name, t.draft),
			Old: s.Get(t.inForce[t.sensor]), New: s.Get(t.draft), Scenario: s.Get(scenario),
		})
	}
	at := t.rows[t.cursor]
	d.Hint = at.Range + "   " + at.Help
	if t.typed != nil {
		err := t.wrong(t.typed.Text())
		d.Typed, d.Hint = t.typed.View(at.Range, err != nil), at.Help
		if err != nil {
			d.Note, d.Bad = err.Error(), true
		}
	}
	return boxOf(&d, v.Width, v.Height, v.Look)
}

// wrong says what is wrong with a value for the setting at the cursor.
func (t *Panel) wrong(text string) error {
	_, err := t.with(text)
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

// hints are the keys of the panel, the most important first.
func (t *Panel) hints() []draw.Hint {
	if t.typed != nil {
		return []draw.Hint{{Key: "enter", Word: "take it"}, {Key: "esc", Word: "leave it"}}
	}
	enter := "type a value"
	if t.differs() {
		enter = "apply"
	}
	return []draw.Hint{
		{Key: "enter", Word: enter},
		{Key: "right", Word: "more"},
		{Key: "*", Word: "to all"},
		{Key: "T", Word: "undo"},
		{Key: "y", Word: "code"},
		{Key: "w", Word: "file"},
		{Key: "esc"},
	}
}

// differs is true where there is something to apply.
func (t *Panel) differs() bool {
	return len(policy.Differences(t.inForce[t.sensor], t.draft)) > 0
}
