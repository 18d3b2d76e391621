package model

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
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

// faultRows are all kinds of faults, first those that have their keys outside the
// palette too, and how many these are.
func faultRows() (rows []sensors.Kind, first int) {
	rows = sensors.Kinds()
	slices.SortStableFunc(rows, func(a, b sensors.Kind) int {
		if a.Row == 0 || b.Row == 0 {
			return cmp.Compare(b.Row, a.Row) // 0 is behind all others
		}
		return cmp.Compare(a.Row, b.Row)
	})
	first = slices.IndexFunc(rows, func(k sensors.Kind) bool { return k.Row == 0 })
	return rows, first
}

// openPalette opens the palette for the target.
func (m *Model) openPalette() tea.Cmd {
	run := m.frame.Snap.Run
	if m.frame.Selected >= total(run) {
		return nil
	}
	m.open(&palette{run: run, field: views.NoRow})
	return nil
}

// kinds are those that are listed.
func (p *palette) kinds() []sensors.Kind {
	rows, first := faultRows()
	if p.more {
		return rows
	}
	return rows[:first]
}

// kind is the one that is chosen.
func (p *palette) kind() sensors.Kind {
	rows, _ := faultRows()
	return rows[p.cursor]
}

// fault is what would be injected of the kind that is chosen.
func (p *palette) fault(m *Model) sensors.Fault {
	k := p.kind()
	if f, ok := m.faults[k.Number]; ok {
		return f
	}
	return k.Default
}

// params are those of the kind that is chosen, its time to live the last.
func (p *palette) params() []sensors.Param {
	return append(slices.Clone(p.kind().Params), sensors.LifeParam())
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
		Name: fault.Label(), About: kind.Help, Locked: m.locked,
		Field: p.field, Active: p.activeText(m, list),
		More: p.hintOfMore(), Keys: p.hints(m),
	}
	v.Note, v.Bad = p.remark.shown(m)
	if m.locked && v.Note == "" {
		v.Note, v.Bad = lockedText, true
	}
	for _, k := range p.kinds() {
		v.Rows = append(v.Rows, views.FaultRow{Key: k.Key, Name: k.Title, Active: m.activeMark(list, k.Number)})
	}
	for _, param := range p.params() {
		value := param.Text(fault)
		if param.Name == sensors.LifeParam().Name && fault.Until == 0 {
			value = "never"
		}
		v.Fields = append(v.Fields, views.FaultField{Label: param.Label, Value: value})
	}
	do := "inject"
	if slices.ContainsFunc(list, func(a activeFault) bool { return a.fault.Kind == kind.Number }) {
		do = "inject, in place of the one that is active"
	}
	v.Fields = append(v.Fields, views.FaultField{Label: do, Button: true})
	if p.typed != nil {
		_, err := p.parse(p.typed.text())
		v.Typed = p.typed.view(p.params()[p.field].Range(), err != nil)
	}
	return views.PaletteBox(&v, m.frame.Width, m.frame.Height, m.look)
}

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

// hintOfMore is the key that shows all kinds, or the first ones only.
func (p *palette) hintOfMore() views.Hint {
	rows, first := faultRows()
	if p.more {
		return views.Hint{Key: "m", Word: "only the first " + inWords(first)}
	}
	return views.Hint{Key: "m", Word: inWords(len(rows)-first) + " more"}
}

// inWords is a small number as a word, as it stands within a sentence.
func inWords(n int) string {
	words := [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
	if n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
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
