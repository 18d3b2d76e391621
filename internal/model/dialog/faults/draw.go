package faults

import (
	"slices"

	"resiltui/internal/model/dialog"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// Sizes of the palette, in cells.
const (
	// leastWidth and leastHeight are the smallest screen on which the palette can
	// be used; mostWidth is its maximum width.
	leastWidth, leastHeight, mostWidth = 58, 14, 92
	// listWidth is the width of the list of kinds.
	listWidth = 23
	// labelWidth is the width of the names of the parameters, typedWidth the width
	// of an open text field.
	labelWidth, typedWidth = 23, 8
)

// fieldRow is the row that a click on the first parameter has; the other parameters
// follow, and the last is the button.
const fieldRow = 1000

// drawing is the state of drawing a palette.
type drawing struct {
	*draw.BoxBuilder
	*Palette
	v      dialog.View
	active []activeFault
	next   fault.Fault // what would be injected
	open   *draw.Field // the open text field, or nil
}

// Draw draws the palette. Where there is no room, the box says so.
func (p *Palette) Draw(v dialog.View) draw.Box {
	if v.Width < leastWidth || v.Height < leastHeight {
		return draw.NoRoom(v.Look, "faults "+v.Target.Name, v.Width, v.Height, leastWidth, leastHeight)
	}
	inner := min(v.Width-2, mostWidth) - 4
	d := &drawing{
		BoxBuilder: draw.NewBoxBuilder(v.Look, inner, " faults  "+v.Target.Name+" ", " begins "+v.Effect+" "),
		Palette:    p, v: v, active: activeOn(v), next: p.next(),
	}
	if p.typed != nil {
		_, err := p.parse(p.typed.Text())
		d.open = p.typed.View(p.params()[p.field].Range(), err != nil)
	}
	beside := d.beside(inner - listWidth)
	rows := len(p.kinds()) + 1 // plus the line that shows or hides the other kinds
	n := lines(rows, v.Height)
	first := min(max(p.cursor-n/2, 0), max(rows-n, 0))
	for i := range n {
		d.Next()
		d.listRow(first + i)
		d.To(2 + listWidth)
		if i < len(beside) {
			beside[i](d)
		}
	}
	d.Rule("")
	d.activeLine()
	d.note()
	return d.Finish(p.hints(v))
}

// lines is the height of the list and of the part beside it: the height of the
// list, but enough for the kind with the most parameters, so that the box has the
// same size for all kinds.
func lines(rows, height int) int {
	const fixed, beside = 5, 11
	return max(min(max(rows, beside), height-fixed), 1)
}

// listRow draws one line of the list.
func (d *drawing) listRow(i int) {
	from, kinds := d.X, d.kinds()
	switch {
	case i < len(kinds):
		name := draw.Plain
		if i == d.cursor {
			name = draw.Strong
			mark := draw.Accent
			if d.field != draw.NoRow {
				mark = draw.Label
			}
			d.Glyph(mark, d.Look.Selected)
		}
		if d.v.Locked != "" {
			name = draw.Faint
		}
		d.To(from + 2)
		d.Text(draw.Accent, kinds[i].Key)
		d.To(from + 4)
		d.Clip(name, kinds[i].Title, 10)
		if mark := activeMark(d.v, d.active, kinds[i].Number); mark != "" {
			d.To(from + 15)
			d.Clip(draw.Fault, d.Look.Fault+" "+mark, listWidth-16)
		}
		d.Row(i, 1, 2+listWidth)
	case i == len(kinds):
		more := d.hintOfMore()
		d.To(from + 2)
		d.Text(draw.Accent, more.Key)
		d.To(from + 4)
		d.Text(draw.Label, more.Word)
		d.Press(more.Key, 1, 2+listWidth)
	}
}

// beside is the part beside the list, n cells wide: what the kind does, its
// parameters, and the button. Each function draws one line.
func (d *drawing) beside(n int) (out []func(*drawing)) {
	text := func(r draw.Role, text string) {
		out = append(out, func(d *drawing) { d.Clip(r, text, d.Limit-d.X) })
	}
	text(draw.Strong, d.next.Label())
	for _, l := range words.Wrap(d.kind().Help, n, 0) {
		text(draw.Label, l)
	}
	for i, param := range d.params() {
		value := param.Text(d.next)
		if param.Name == fault.Life().Name && d.next.Until == 0 {
			value = "never"
		}
		out = append(out, func(d *drawing) { d.param(i, param.Label, value) })
		if i == d.field && d.open != nil && !d.rangeFits(n) {
			role, allowed := d.rangeWords()
			text(role, "  "+allowed)
		}
	}
	return append(out, (*drawing).button)
}

// label draws the name of a parameter, or of the button.
func (d *drawing) label(i int, r draw.Role, text string) {
	from := d.X
	if i == d.field {
		d.Glyph(draw.Accent, d.Look.Selected)
		r = draw.Strong
	}
	d.To(from + 2)
	d.Clip(r, text, d.Limit-d.X)
	d.Row(fieldRow+i, from, d.Inner+3)
}

// param draws a parameter with its value, or with the open text field.
func (d *drawing) param(i int, label, value string) {
	from := d.X
	d.label(i, draw.Plain, label)
	d.To(from + 2 + labelWidth)
	if i != d.field || d.open == nil {
		d.Clip(draw.Plain, value, d.Limit-d.X)
		return
	}
	d.Field(d.open, typedWidth)
	if d.rangeFits(d.Limit - from) {
		d.To(from + 2 + labelWidth + typedWidth + 1)
		d.Text(d.rangeWords())
	}
}

// button draws the button that injects the fault.
func (d *drawing) button() {
	r, text := draw.Plain, "inject"
	if d.v.Locked != "" {
		r = draw.Faint
	}
	if slices.ContainsFunc(d.active, func(a activeFault) bool { return a.fault.Kind == d.kind().Number }) {
		text = "inject, in place of the one that is active"
	}
	d.label(len(d.params()), r, text)
}

// rangeFits says whether the allowed range fits into n cells.
func (d *drawing) rangeFits(n int) bool {
	_, allowed := d.rangeWords()
	return 2+labelWidth+typedWidth+1+words.Width(allowed) <= n
}

// rangeWords is the range that is allowed in the field.
func (d *drawing) rangeWords() (draw.Role, string) {
	if d.open.Wrong {
		return draw.Fail, "no: " + d.open.Range
	}
	return draw.Label, d.open.Range
}

// activeLine lists the faults that are active on the target.
func (d *drawing) activeLine() {
	d.Next()
	d.Text(draw.Label, "active: ")
	if text := activeText(d.v, d.active); text == "" {
		d.Text(draw.Plain, "none")
	} else {
		d.Clip(draw.Fault, text, d.Limit-d.X)
	}
}

// note shows the result of the last key, or why faults cannot be injected.
func (d *drawing) note() {
	text, bad := d.remark.Shown(d.v)
	if d.v.Locked != "" && text == "" {
		text, bad = d.v.Locked, true
	}
	d.Note(text, bad)
}

// hintOfMore is the key that shows all kinds, or only the first ones.
func (p *Palette) hintOfMore() draw.Hint {
	rows, first := kindRows()
	if p.more {
		return draw.Hint{Key: "m", Word: "only the first " + words.Cardinal(first)}
	}
	return draw.Hint{Key: "m", Word: words.Cardinal(len(rows)-first) + " more"}
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
