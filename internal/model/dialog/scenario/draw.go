package scenario

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/views/draw"
)

// Choice is one scenario of a [picture].
type Choice struct {
	// Name is what starts it; Page the page it opens on; See what to look for.
	Name, Page, See string
	// Now marks the one that runs.
	Now bool
}

// picture is the list of scenarios, to be laid over the screen.
type picture struct {
	Choices []Choice
	// Cursor is the row that Enter starts.
	Cursor int
	// Locked greys the list out; Note says why, or what Enter does.
	Locked bool
	Note   string
	Keys   []draw.Hint
}

// Cells of a chooser.
const (
	chooserInner = 72
	chooserLeast = 32
	chooserName  = 14
)

// box draws the list for a screen of this size. What to see in a scenario
// stands below each where there is room, and below the list for the one under the
// cursor otherwise. On a screen that is too small it says so, or is empty.
func box(c picture, width, height int, look *draw.Look) draw.Box {
	inner := min(chooserInner, width-6)
	full, short := c.height(inner, true), c.height(inner, false)
	if inner < chooserLeast || height < short {
		return draw.NoRoom(look, "scenarios", width, height, chooserLeast+6, short)
	}
	s := draw.NewSheet(look, inner, " scenarios ", " enter starts one, live ")
	for i := range c.Choices {
		choice(s, &c, i, full <= height)
	}
	if full > height && c.Cursor >= 0 && c.Cursor < len(c.Choices) {
		s.Rule("what to see in it")
		for _, l := range c.see(c.Cursor, inner) {
			s.Line()
			s.Text(draw.Label, l)
			s.EndLine()
		}
		for range c.longest(inner) - len(c.see(c.Cursor, inner)) { // so that the box keeps its size
			s.Line()
			s.EndLine()
		}
	}
	s.Rule("")
	s.Note(c.Note, c.Locked)
	return s.Finish(c.Keys)
}

// choice draws a scenario's name and page, and what to see in it.
func choice(s *draw.Sheet, c *picture, i int, withSee bool) {
	row := &c.Choices[i]
	s.Line()
	from := s.X
	name, page := draw.Plain, "page "+row.Page
	if row.Now {
		page += ", runs now"
	}
	if i == c.Cursor {
		s.Glyph(draw.Accent, s.Look.Selected)
		name = draw.Strong
	}
	if c.Locked {
		name = draw.Faint
	}
	s.To(from + 2)
	s.Clip(name, row.Name, chooserName-3)
	s.To(from + chooserName)
	s.Clip(draw.Label, page, s.Limit-s.X)
	s.Row(i, 1, s.Inner+3)
	s.EndLine()
	if !withSee {
		return
	}
	for _, l := range c.see(i, s.Inner-2) {
		s.Line()
		s.To(from + 2)
		s.Text(draw.Label, l)
		s.Row(i, 1, s.Inner+3)
		s.EndLine()
	}
}

// see is what to look for in lines of n cells.
func (c *picture) see(i, n int) []string {
	return strings.Split(ansi.Wordwrap(c.Choices[i].See, max(n, 1), ""), "\n")
}

// longest is the most lines that any of these texts has.
func (c *picture) longest(n int) int {
	most := 0
	for i := range c.Choices {
		most = max(most, len(c.see(i, n)))
	}
	return most
}

// height is the lines of the box, with all texts or with one.
func (c *picture) height(inner int, all bool) int {
	const edges, foot = 2, 2
	n := edges + foot + len(c.Choices)
	if !all {
		return n + 1 + c.longest(inner)
	}
	for i := range c.Choices {
		n += len(c.see(i, inner-2))
	}
	return n
}
