// Package faults is the dialog in which faults are chosen: what each kind does, its
// parameters, and which faults are active on the target.
//
// It sends a command to inject or end a fault; the injector itself is sensors/fault. It
// knows no kind by name: all kinds, parameters and texts come from the list there. The
// keys that inject a fault with default parameters at once are the model's.
package faults

import (
	"cmp"
	"slices"

	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
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

// next is what would be injected of the kind that is chosen.
func (p *Palette) next() fault.Fault {
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
