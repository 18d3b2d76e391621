package model

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
	"resiltui/internal/stats"
	"resiltui/internal/views"
)

// palette is the list of all faults: what each does, its parameters, its time to
// live, and which are active on the target.
type palette struct {
	run *event.Run
	// more shows the kinds that have no keys of their own outside.
	more   bool
	cursor int
	// field is the parameter that keys act on, or views.NoRow for the list.
	field  int
	typed  *entry
	remark remark
}

// faultKey is a kind of fault with the key that chooses it in the palette.
type faultKey struct {
	key, name string
	kind      sensors.FaultKind
}

// firstFaults is how many of faultKeys have keys outside the palette.
const firstFaults = 7

// faultKeys are all kinds: those with keys of their own outside under the same
// letters, the others under capital ones.
func faultKeys() []faultKey {
	return []faultKey{
		{"c", "crash", sensors.Crash},
		{"s", "slow", sensors.Slow},
		{"e", "errors", sensors.Errors},
		{"b", "black hole", sensors.Hang},
		{"p", "flap", sensors.Flap},
		{"x", "corrupt", sensors.Corrupt},
		{"i", "stuck", sensors.Stuck},
		{"J", "jitter", sensors.Jitter},
		{"B", "burst", sensors.Burst},
		{"F", "fail first", sensors.FailFirst},
		{"O", "brownout", sensors.Brownout},
		{"D", "drift", sensors.Drift},
		{"S", "spike", sensors.Spike},
		{"L", "rate limit", sensors.RateLimit},
		{"C", "cancel", sensors.CallerCancel},
		{"P", "panic", sensors.Panic},
	}
}

// openPalette opens the palette for the target.
func (m *Model) openPalette() tea.Cmd {
	run := m.frame.Snap.Run
	switch {
	case m.frame.Selected >= total(run):
		return nil
	case m.past.frozen:
		return m.say("this is the past; z goes back to the present, where faults can be injected")
	}
	m.open(&palette{run: run, field: views.NoRow})
	return nil
}

// kinds are those that are listed.
func (p *palette) kinds() []faultKey {
	if p.more {
		return faultKeys()
	}
	return faultKeys()[:firstFaults]
}

func (p *palette) kind() faultKey { return faultKeys()[p.cursor] }

// fault is what would be injected of the kind that is chosen.
func (p *palette) fault(m *Model) sensors.Fault {
	k := p.kind().kind
	if f, ok := m.faults[k]; ok {
		return f
	}
	return sensors.DefaultFault(k)
}

// params are those of the kind that is chosen, its time to live the last.
func (p *palette) params() []sensors.Param {
	return append(sensors.Params(p.kind().kind), sensors.LifeParam())
}

// ask has the snapshot hold the target.
func (p *palette) ask(m *Model, q *stats.Query) {
	if m.targetAll {
		q.Sensors = nil
		return
	}
	askSensor(q, m.frame.Selected)
}

// active are the faults on the target, by kind, and how many sensors each is on.
type activeFault struct {
	fault sensors.Fault
	on    []string
}

func (p *palette) active(m *Model) []activeFault {
	var out []activeFault
	for i := range m.frame.Snap.Sensors {
		v := &m.frame.Snap.Sensors[i]
		if !m.targetAll && v.Index != m.frame.Selected {
			continue
		}
		for _, f := range v.Active {
			k := slices.IndexFunc(out, func(a activeFault) bool { return a.fault.Kind == f.Kind })
			if k < 0 {
				out, k = append(out, activeFault{fault: f}), len(out)
			}
			out[k].on = append(out[k].on, shortName(v))
		}
	}
	return out
}

// left is the time that a fault has left in words, rounded up; empty where it has
// no end.
func left(f *sensors.Fault, now time.Duration) string {
	if f.Until == 0 {
		return ""
	}
	d := max(f.Until-now, 0)
	return fmt.Sprintf("%d s", (d+time.Second-1)/time.Second)
}

// activeText lists what is active.
func (p *palette) activeText(m *Model, list []activeFault) string {
	var parts []string
	for i := range list {
		a := &list[i]
		text := a.fault.Label()
		if m.targetAll {
			text += " on " + listed(a.on)
		} else if l := left(&a.fault, m.frame.Now); l != "" {
			text += ", " + l + " left"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

func (p *palette) draw(m *Model) string { return p.box(m).Text }

func (p *palette) box(m *Model) views.Box {
	list := p.active(m)
	fault, kind := p.fault(m), p.kind()
	v := views.Palette{
		Target: m.longTarget(), When: "begins " + m.withBatch(), Cursor: p.cursor,
		Name: fault.Label(), About: sensors.Description(kind.kind), Locked: m.locked,
		Field: p.field, Active: p.activeText(m, list),
		More: views.Hint{Key: "m", Word: "nine more"}, Keys: p.hints(m),
	}
	v.Note, v.Bad = p.remark.shown(m)
	if p.more {
		v.More.Word = "only the first seven"
	}
	if m.locked && v.Note == "" {
		v.Note, v.Bad = lockedText, true
	}
	for _, k := range p.kinds() {
		v.Rows = append(v.Rows, views.FaultRow{Key: k.key, Name: k.name, Active: m.activeMark(list, k.kind)})
	}
	for _, param := range p.params() {
		value := param.Text(fault)
		if param.Name == sensors.LifeParam().Name && fault.Until == 0 {
			value = "never"
		}
		v.Fields = append(v.Fields, views.FaultField{Label: param.Label, Value: value})
	}
	do := "inject"
	if slices.ContainsFunc(list, func(a activeFault) bool { return a.fault.Kind == kind.kind }) {
		do = "inject, in place of the one that is active"
	}
	v.Fields = append(v.Fields, views.FaultField{Label: do, Button: true})
	if p.typed != nil {
		_, err := p.parse(p.typed.text())
		v.Typed = p.typed.view(p.params()[p.field].Range(), err != nil)
	}
	return views.PaletteBox(&v, m.frame.Width, m.frame.Height, m.look)
}

// lockedText says why nothing is injected.
const lockedText = "fault keys are locked; ! unlocks them (faults act inside resiltui only)"

// activeMark says of a kind that it is active: for how long, or on how many.
func (m *Model) activeMark(list []activeFault, kind sensors.FaultKind) string {
	for i := range list {
		a := &list[i]
		switch {
		case a.fault.Kind != kind:
		case m.targetAll:
			return fmt.Sprintf("%d/%d", len(a.on), m.sensorsTotal())
		case a.fault.Until > 0:
			return left(&a.fault, m.frame.Now)
		default:
			return "on"
		}
	}
	return ""
}

// longTarget is what the keys act on, in full.
func (m *Model) longTarget() string {
	run := m.frame.Snap.Run
	switch {
	case run == nil || m.frame.Selected >= len(run.Sensors):
		return ""
	case m.targetAll:
		return fmt.Sprintf("all %d sensors", len(run.Sensors))
	default:
		return views.SensorTitle(run.Sensors[m.frame.Selected])
	}
}

// hints are the keys of the palette, the most important first.
func (p *palette) hints(m *Model) []views.Hint {
	if p.typed != nil {
		return []views.Hint{{Key: "enter", Word: "take it"}, {Key: "esc", Word: "leave it"}}
	}
	enter := "inject"
	if p.field != views.NoRow && p.field < len(p.params()) {
		enter = "type a value"
	}
	all := "all sensors"
	if m.targetAll {
		all = "only one"
	}
	out := []views.Hint{
		{Key: "enter", Word: enter},
		{Key: "tab", Word: "parameters"},
		{Key: "d", Word: "end it"},
		{Key: "r", Word: "end all"},
		{Key: "*", Word: all},
		{Key: "esc"},
	}
	if m.locked {
		out = slices.Insert(out, 0, views.Hint{Key: "!", Word: "unlock"})
	}
	return out
}
