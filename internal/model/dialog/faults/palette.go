// Package faults is the palette of faults: what each kind does, its parameters, and
// which are active on the target.
//
// It injects and ends them for whoever is the target at the time. It knows no kind
// by name: what there is to choose, to set and to say comes from the list of
// sensors/fault. The keys that inject a default at once are the model's.
package faults

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// Palette is the list of all faults: what each does, its parameters, its time to
// live, and which are active on the target.
type Palette struct {
	run *event.Run
	// more shows the kinds that have no keys of their own outside.
	more   bool
	cursor int
	// field is the parameter that keys act on, or draw.NoRow for the list.
	field  int
	typed  *dialog.Entry
	remark dialog.Remark
	// chosen are what was chosen last of each kind of fault; they are kept for the
	// next time.
	chosen map[fault.Number]fault.Fault
}

// kindRows are all kinds of faults, first those that have their keys outside the
// palette too, and how many these are.
func kindRows() (rows []fault.Kind, first int) {
	rows = fault.Kinds()
	slices.SortStableFunc(rows, func(a, b fault.Kind) int {
		if a.Row == 0 || b.Row == 0 {
			return cmp.Compare(b.Row, a.Row) // 0 is behind all others
		}
		return cmp.Compare(a.Row, b.Row)
	})
	first = slices.IndexFunc(rows, func(k fault.Kind) bool { return k.Row == 0 })
	return rows, first
}

// New is the palette for a run. What is chosen of each kind is kept in chosen,
// for the next one.
func New(run *event.Run, chosen map[fault.Number]fault.Fault) *Palette {
	return &Palette{run: run, field: draw.NoRow, chosen: chosen}
}

// kinds are those that are listed.
func (p *Palette) kinds() []fault.Kind {
	rows, first := kindRows()
	if p.more {
		return rows
	}
	return rows[:first]
}

// kind is the one that is chosen.
func (p *Palette) kind() fault.Kind {
	rows, _ := kindRows()
	return rows[p.cursor]
}

// fault is what would be injected of the kind that is chosen.
func (p *Palette) fault() fault.Fault {
	k := p.kind()
	if f, ok := p.chosen[k.Number]; ok {
		return f
	}
	return k.Default
}

// params are those of the kind that is chosen, its time to live the last.
func (p *Palette) params() []fault.Param {
	return append(slices.Clone(p.kind().Params), fault.Life())
}

// Query has the snapshot hold the target.
func (p *Palette) Query(v dialog.View, q *stats.Query) {
	if v.Target.All {
		q.Sensors = nil
		return
	}
	dialog.AskSensor(q, v.Target.Selected)
}

// active are the faults on the target, by kind, and how many sensors each is on.
type activeFault struct {
	fault fault.Fault
	on    []string
}

func (p *Palette) active(v dialog.View) []activeFault {
	var out []activeFault
	for i := range v.Snap.Sensors {
		s := &v.Snap.Sensors[i]
		if !v.Target.All && s.Index != v.Target.Selected {
			continue
		}
		for _, f := range s.Active {
			k := slices.IndexFunc(out, func(a activeFault) bool { return a.fault.Kind == f.Kind })
			if k < 0 {
				out, k = append(out, activeFault{fault: f}), len(out)
			}
			out[k].on = append(out[k].on, dialog.SensorName(s.Sensor))
		}
	}
	return out
}

// left is the time that a fault has left in words, rounded up; empty where it has
// no end.
func left(f *fault.Fault, now time.Duration) string {
	if f.Until == 0 {
		return ""
	}
	d := max(f.Until-now, 0)
	return fmt.Sprintf("%d s", (d+time.Second-1)/time.Second)
}

// activeText lists what is active.
func (p *Palette) activeText(v dialog.View, list []activeFault) string {
	var parts []string
	for i := range list {
		a := &list[i]
		text := a.fault.Label()
		if v.Target.All {
			text += " on " + words.List(a.on)
		} else if l := left(&a.fault, v.Now); l != "" {
			text += ", " + l + " left"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// Draw draws the palette.
func (p *Palette) Draw(v dialog.View) draw.Box {
	list := p.active(v)
	injected, kind := p.fault(), p.kind()
	d := picture{
		Target: v.Target.Name, When: "begins " + v.Effect, Cursor: p.cursor,
		Name: injected.Label(), About: kind.Help, Locked: v.Locked != "",
		Field: p.field, Active: p.activeText(v, list),
		More: p.hintOfMore(), Keys: p.hints(v),
	}
	d.Note, d.Bad = p.remark.Shown(v)
	if d.Locked && d.Note == "" {
		d.Note, d.Bad = v.Locked, true
	}
	for _, k := range p.kinds() {
		d.Rows = append(d.Rows, faultRow{Key: k.Key, Name: k.Title, Active: activeMark(v, list, k.Number)})
	}
	for _, param := range p.params() {
		value := param.Text(injected)
		if param.Name == fault.Life().Name && injected.Until == 0 {
			value = "never"
		}
		d.Fields = append(d.Fields, faultField{Label: param.Label, Value: value})
	}
	do := "inject"
	if slices.ContainsFunc(list, func(a activeFault) bool { return a.fault.Kind == kind.Number }) {
		do = "inject, in place of the one that is active"
	}
	d.Fields = append(d.Fields, faultField{Label: do, Button: true})
	if p.typed != nil {
		_, err := p.parse(p.typed.Text())
		d.Typed = p.typed.View(p.params()[p.field].Range(), err != nil)
	}
	return box(&d, v.Width, v.Height, v.Look)
}

// activeMark says of a kind that it is active: for how long, or on how many.
func activeMark(v dialog.View, list []activeFault, kind fault.Number) string {
	for i := range list {
		a := &list[i]
		switch {
		case a.fault.Kind != kind:
		case v.Target.All:
			return fmt.Sprintf("%d/%d", len(a.on), v.Total())
		case a.fault.Until > 0:
			return left(&a.fault, v.Now)
		default:
			return "on"
		}
	}
	return ""
}

// hintOfMore is the key that shows all kinds, or the first ones only.
func (p *Palette) hintOfMore() draw.Hint {
	rows, first := kindRows()
	if p.more {
		return draw.Hint{Key: "m", Word: "only the first " + inWords(first)}
	}
	return draw.Hint{Key: "m", Word: inWords(len(rows)-first) + " more"}
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
func (p *Palette) hints(v dialog.View) []draw.Hint {
	if p.typed != nil {
		return []draw.Hint{{Key: "enter", Word: "take it"}, {Key: "esc", Word: "leave it"}}
	}
	enter := "inject"
	if p.field != draw.NoRow && p.field < len(p.params()) {
		enter = "type a value"
	}
	all := "all sensors"
	if v.Target.All {
		all = "only one"
	}
	out := []draw.Hint{
		{Key: "enter", Word: enter},
		{Key: "tab", Word: "parameters"},
		{Key: "d", Word: "end it"},
		{Key: "r", Word: "end all"},
		{Key: "*", Word: all},
		{Key: "esc"},
	}
	if v.Locked != "" {
		out = slices.Insert(out, 0, draw.Hint{Key: "!", Word: "unlock"})
	}
	return out
}
