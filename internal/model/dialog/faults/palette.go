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

// Palette is the list of all faults: what each does, its parameters, its duration, and
// which are active on the target.
type Palette struct {
	run *event.Run
	// more shows also the kinds that have no key outside of the palette.
	more   bool
	cursor int
	// field is the index of the parameter that keys change, or draw.NoRow for the list.
	field  int
	typed  *dialog.Entry
	remark dialog.Remark
	// chosen are the last choices for each kind of fault. The caller keeps them for the
	// next palette.
	chosen map[fault.Number]fault.Fault
}

// kindRows are all kinds of faults; first is the number of those that have a key
// outside of the palette too, which come first.
func kindRows() (rows []fault.Kind, first int) {
	rows = fault.Kinds()
	slices.SortStableFunc(rows, func(a, b fault.Kind) int {
		if a.Row == 0 || b.Row == 0 {
			return cmp.Compare(b.Row, a.Row) // kinds with 0 come last
		}
		return cmp.Compare(a.Row, b.Row)
	})
	first = slices.IndexFunc(rows, func(k fault.Kind) bool { return k.Row == 0 })
	return rows, first
}

// New is the palette for a run. The choices for each kind are stored in chosen, for the
// next palette.
func New(run *event.Run, chosen map[fault.Number]fault.Fault) *Palette {
	return &Palette{run: run, field: draw.NoRow, chosen: chosen}
}

// kinds are the kinds that the list shows.
func (p *Palette) kinds() []fault.Kind {
	rows, first := kindRows()
	if p.more {
		return rows
	}
	return rows[:first]
}

// kind is the chosen kind.
func (p *Palette) kind() fault.Kind {
	rows, _ := kindRows()
	return rows[p.cursor]
}

// next is the fault that would be injected now.
func (p *Palette) next() fault.Fault {
	k := p.kind()
	if f, ok := p.chosen[k.Number]; ok {
		return f
	}
	return k.Default
}

// params are the parameters of the chosen kind; the last is its duration.
func (p *Palette) params() []fault.Param {
	return append(slices.Clone(p.kind().Params), fault.Life())
}

// Query adds the target to the query.
func (p *Palette) Query(v dialog.View, q *stats.Query) {
	if v.Target.All {
		q.Sensors = nil
		return
	}
	dialog.AskSensor(q, v.Target.Selected)
}
