package faults

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// Sizes of the fault palette.
const (
	// paletteWidth and paletteHeight are the least screen that it can be used
	// on; paletteMost is how wide it is where there is room.
	paletteWidth, paletteHeight, paletteMost = 58, 14, 92
	// paletteList is the width of the list of kinds.
	paletteList = 23
	// paletteLabel is the width of the names of the parameters.
	paletteLabel = 23
)

// faultRow is one kind of fault in the palette.
type faultRow struct {
	// Key chooses it; Name is what it is called.
	Key, Name string
	// Active says since when or for how long it is active on the target; empty
	// where it is not.
	Active string
}

// faultField is one parameter of the fault that is chosen.
type faultField struct {
	Label, Value string
	// Button is true for a line that does something.
	Button bool
}

// picture is what the fault palette shows.
type picture struct {
	// Target names what the fault is for; When says when it begins.
	Target, When string
	Rows         []faultRow
	// Cursor is the kind that is chosen.
	Cursor int
	// More is the line that shows or hides the kinds that have no keys of their
	// own outside.
	More draw.Hint
	// Name and About say what the kind that is chosen does; Locked is true where
	// nothing can be injected.
	Name, About string
	Locked      bool
	Fields      []faultField
	// Field is the parameter that keys act on, NoRow where they act on the list.
	Field int
	// Typed is the open text field on it, nil where there is none.
	Typed *draw.Field
	// Active lists what is active on the target; Note says what became of the
	// last key, Bad where it did not do what it should.
	Active, Note string
	Bad          bool
	Keys         []draw.Hint
}

// fieldRow is the row of a click on the first parameter; the others follow.
const fieldRow = 1000

// box draws the fault palette for a screen of width × height cells. Where
// that is too small the box says so.
func box(p *picture, width, height int, look *draw.Look) draw.Box {
	if width < paletteWidth || height < paletteHeight {
		return draw.NoRoom(look, "faults "+p.Target, width, height, paletteWidth, paletteHeight)
	}
	inner := min(width-2, paletteMost) - 4
	s := draw.NewSheet(look, inner, " faults  "+p.Target+" ", " "+p.When+" ")
	right := aside(s, p, inner-paletteList)
	n := paletteLines(len(p.Rows), height)
	first := min(max(p.Cursor-n/2, 0), max(len(p.Rows)+1-n, 0))
	for i := range n {
		s.Line()
		kindRow(s, p, first+i)
		s.To(2 + paletteList)
		if i < len(right) {
			asideLine(s, p, right[i])
		}
		s.EndLine()
	}
	s.Rule("")
	activeLine(s, p)
	s.Note(p.Note, p.Bad)
	return s.Finish(p.Keys)
}

// paletteLines is how many lines the list and what stands beside it have: as many
// as the list needs, but no fewer than the parameters may, so that the box keeps
// its size from kind to kind.
func paletteLines(kinds, height int) int {
	const fixed, beside = 5, 11
	return max(min(max(kinds+1, beside), height-fixed), 1)
}

// kindRow draws one line of the list.
func kindRow(s *draw.Sheet, p *picture, i int) {
	from := s.X
	switch {
	case i < len(p.Rows):
		row := &p.Rows[i]
		name := draw.Plain
		if i == p.Cursor {
			name = draw.Strong
			mark := draw.Accent
			if p.Field != draw.NoRow {
				mark = draw.Label
			}
			s.Glyph(mark, s.Look.Selected)
		}
		if p.Locked {
			name = draw.Faint
		}
		s.To(from + 2)
		s.Text(draw.Accent, row.Key)
		s.To(from + 4)
		s.Clip(name, row.Name, 10)
		if row.Active != "" {
			s.To(from + 15)
			s.Clip(draw.Fault, s.Look.Fault+" "+row.Active, paletteList-16)
		}
		s.Row(i, 1, 2+paletteList)
	case i == len(p.Rows):
		s.To(from + 2)
		s.Text(draw.Accent, p.More.Key)
		s.To(from + 4)
		s.Text(draw.Label, p.More.Word)
		s.Box.Zones = append(s.Box.Zones, draw.BoxZone{Rect: draw.At(1, len(s.Lines), 1+paletteList, 1), Row: draw.NoRow, Key: p.More.Key})
	}
}

// asideRow is one line beside the list: words, or a parameter.
type asideRow struct {
	r     draw.Role
	text  string
	field int // NoRow for words
}

// aside is what stands beside the list, in n cells.
func aside(s *draw.Sheet, p *picture, n int) []asideRow {
	out := []asideRow{{draw.Strong, p.Name, draw.NoRow}}
	for l := range strings.SplitSeq(ansi.Wordwrap(p.About, n, ""), "\n") {
		out = append(out, asideRow{draw.Label, l, draw.NoRow})
	}
	for i := range p.Fields {
		out = append(out, asideRow{field: i})
		if i == p.Field && p.Typed != nil && !rangeFits(p.Typed, n) {
			out = append(out, asideRow{typedRole(p.Typed), "  " + rangeWords(p.Typed), draw.NoRow})
		}
	}
	return out
}

const typedCells = 8

// rangeFits is true where there is room beside a field for what is allowed.
func rangeFits(f *draw.Field, n int) bool {
	return 2+paletteLabel+typedCells+1+words.Width(rangeWords(f)) <= n
}

func rangeWords(f *draw.Field) string {
	if f.Wrong {
		return "no: " + f.Range
	}
	return f.Range
}

func typedRole(f *draw.Field) draw.Role {
	if f.Wrong {
		return draw.Fail
	}
	return draw.Label
}

// asideLine draws one line beside the list.
func asideLine(s *draw.Sheet, p *picture, a asideRow) {
	from := s.X
	if a.field == draw.NoRow {
		s.Clip(a.r, a.text, s.Limit-s.X)
		return
	}
	f := &p.Fields[a.field]
	label := draw.Plain
	if p.Locked && f.Button {
		label = draw.Faint
	}
	if a.field == p.Field {
		s.Glyph(draw.Accent, s.Look.Selected)
		label = draw.Strong
	}
	s.To(from + 2)
	s.Clip(label, f.Label, s.Limit-s.X)
	if !f.Button {
		s.To(from + 2 + paletteLabel)
		if a.field == p.Field && p.Typed != nil {
			s.Field(p.Typed, typedCells)
			if n := s.Limit - from; rangeFits(p.Typed, n) {
				s.To(from + 2 + paletteLabel + typedCells + 1)
				s.Text(typedRole(p.Typed), rangeWords(p.Typed))
			}
		} else {
			s.Clip(draw.Plain, f.Value, s.Limit-s.X)
		}
	}
	s.Row(fieldRow+a.field, from, s.Inner+3)
}

// activeLine says what is active on the target.
func activeLine(s *draw.Sheet, p *picture) {
	s.Line()
	s.Text(draw.Label, "active: ")
	if p.Active == "" {
		s.Text(draw.Plain, "none")
	} else {
		s.Clip(draw.Fault, p.Active, s.Limit-s.X)
	}
	s.EndLine()
}
