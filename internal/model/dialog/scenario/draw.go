package scenario

import (
	"resiltui/internal/model/dialog"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// Sizes of the list, in cells.
const (
	// mostInner and leastInner are the maximum and minimum width inside the border.
	mostInner, leastInner = 72, 32
	// nameWidth is the width of the names.
	nameWidth = 14
)

// Draw draws the list. What to see in a scenario is written below each one where
// there is room; otherwise below the list, for the one under the cursor. On a
// screen that is too small the box says so, or is empty.
func (c *List) Draw(v dialog.View) draw.Box {
	inner := min(mostInner, v.Width-6)
	full, short := c.height(inner, true), c.height(inner, false)
	if inner < leastInner || v.Height < short {
		return draw.NoRoom(v.Look, "scenarios", v.Width, v.Height, leastInner+6, short)
	}
	s := draw.NewBoxBuilder(v.Look, inner, " scenarios ", " enter starts one, live ")
	for i := range c.choices {
		c.choice(s, v, i, full <= v.Height)
	}
	if full > v.Height && c.cursor < len(c.choices) {
		c.below(s)
	}
	s.Rule("")
	note, keys := "starts from its beginning; the present run ends", []draw.Hint{{Key: "enter", Word: "start"}, {Key: "esc", Word: "closes"}}
	if v.Real() {
		note, keys = "these endpoints are real: q, then resiltui and a name, starts a simulation", keys[1:]
	}
	s.Note(note, v.Real())
	return s.Finish(keys)
}

// choice draws the name, the page and the description of a scenario.
func (c *List) choice(s *draw.BoxBuilder, v dialog.View, i int, withSee bool) {
	row := &c.choices[i]
	s.Next()
	from := s.X
	name, page := draw.Plain, "page "+row.Page
	if v.Snap.Run != nil && v.Snap.Run.Scenario == row.Name {
		page += ", runs now"
	}
	if i == c.cursor {
		s.Glyph(draw.Accent, s.Look.Selected)
		name = draw.Strong
	}
	if v.Real() {
		name = draw.Faint
	}
	s.To(from + 2)
	s.Clip(name, row.Name, nameWidth-3)
	s.To(from + nameWidth)
	s.Clip(draw.Label, page, s.Limit-s.X)
	s.Row(i, 1, s.Inner+3)
	if !withSee {
		return
	}
	for _, l := range c.see(i, s.Inner-2) {
		s.Next()
		s.To(from + 2)
		s.Text(draw.Label, l)
		s.Row(i, 1, s.Inner+3)
	}
}

// below draws the description of the scenario under the cursor. Its height is that
// of the longest description, so that the box keeps its size.
func (c *List) below(s *draw.BoxBuilder) {
	s.Rule("what to see in it")
	lines := c.see(c.cursor, s.Inner)
	for i := range c.longest(s.Inner) {
		s.Next()
		if i < len(lines) {
			s.Text(draw.Label, lines[i])
		}
	}
}

// see is the description of a scenario in lines of n cells.
func (c *List) see(i, n int) []string {
	return words.Wrap(c.choices[i].See, n, 0)
}

// longest is the number of lines of the longest description.
func (c *List) longest(n int) int {
	most := 0
	for i := range c.choices {
		most = max(most, len(c.see(i, n)))
	}
	return most
}

// height is the height of the box, with all descriptions or with one.
func (c *List) height(inner int, all bool) int {
	const edges, foot = 2, 2
	n := edges + foot + len(c.choices)
	if !all {
		return n + 1 + c.longest(inner)
	}
	for i := range c.choices {
		n += len(c.see(i, inner-2))
	}
	return n
}
