package views

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

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

// FaultRow is one kind of fault in the palette.
type FaultRow struct {
	// Key chooses it; Name is what it is called.
	Key, Name string
	// Active says since when or for how long it is active on the target; empty
	// where it is not.
	Active string
}

// FaultField is one parameter of the fault that is chosen.
type FaultField struct {
	Label, Value string
	// Button is true for a line that does something.
	Button bool
}

// Palette is what the fault palette shows.
type Palette struct {
	// Target names what the fault is for; When says when it begins.
	Target, When string
	Rows         []FaultRow
	// Cursor is the kind that is chosen.
	Cursor int
	// More is the line that shows or hides the kinds that have no keys of their
	// own outside.
	More Hint
	// Name and About say what the kind that is chosen does; Locked is true where
	// nothing can be injected.
	Name, About string
	Locked      bool
	Fields      []FaultField
	// Field is the parameter that keys act on, NoRow where they act on the list.
	Field int
	// Typed is the open text field on it, nil where there is none.
	Typed *Field
	// Active lists what is active on the target; Note says what became of the
	// last key, Bad where it did not do what it should.
	Active, Note string
	Bad          bool
	Keys         []Hint
}

// FieldRow is the row of a click on the first parameter; the others follow.
const FieldRow = 1000

// PaletteBox draws the fault palette for a screen of width × height cells. Where
// that is too small the box says so.
func PaletteBox(p *Palette, width, height int, look *Look) Box {
	if width < paletteWidth || height < paletteHeight {
		return noRoom(look, "faults "+p.Target, width, height, paletteWidth, paletteHeight)
	}
	inner := min(width-2, paletteMost) - 4
	s := newSheet(look, inner, " faults  "+p.Target+" ", " "+p.When+" ")
	right := aside(s, p, inner-paletteList)
	n := paletteLines(len(p.Rows), height)
	first := min(max(p.Cursor-n/2, 0), max(len(p.Rows)+1-n, 0))
	for i := range n {
		s.line()
		kindRow(s, p, first+i)
		s.to(2 + paletteList)
		if i < len(right) {
			asideLine(s, p, right[i])
		}
		s.endLine()
	}
	s.rule("")
	activeLine(s, p)
	s.note(p.Note, p.Bad)
	return s.finish(p.Keys)
}

// paletteLines is how many lines the list and what stands beside it have: as many
// as the list needs, but no fewer than the parameters may, so that the box keeps
// its size from kind to kind.
func paletteLines(kinds, height int) int {
	const fixed, beside = 5, 11
	return max(min(max(kinds+1, beside), height-fixed), 1)
}

// kindRow draws one line of the list.
func kindRow(s *sheet, p *Palette, i int) {
	from := s.w
	switch {
	case i < len(p.Rows):
		row := &p.Rows[i]
		name := rolePlain
		if i == p.Cursor {
			name = roleStrong
			mark := roleAccent
			if p.Field != NoRow {
				mark = roleLabel
			}
			s.glyph(mark, s.look.selected)
		}
		if p.Locked {
			name = roleFaint
		}
		s.to(from + 2)
		s.text(roleAccent, row.Key)
		s.to(from + 4)
		s.clip(name, row.Name, 10)
		if row.Active != "" {
			s.to(from + 15)
			s.clip(roleFault, s.look.fault+" "+row.Active, paletteList-16)
		}
		s.row(i, 1, 2+paletteList)
	case i == len(p.Rows):
		s.to(from + 2)
		s.text(roleAccent, p.More.Key)
		s.to(from + 4)
		s.text(roleLabel, p.More.Word)
		s.box.zones = append(s.box.zones, boxZone{Rect: Rect{1, len(s.lines), 1 + paletteList, 1}, row: NoRow, key: p.More.Key})
	}
}

// asideRow is one line beside the list: words, or a parameter.
type asideRow struct {
	r     role
	text  string
	field int // NoRow for words
}

// aside is what stands beside the list, in n cells.
func aside(s *sheet, p *Palette, n int) []asideRow {
	out := []asideRow{{roleStrong, p.Name, NoRow}}
	for l := range strings.SplitSeq(ansi.Wordwrap(p.About, n, ""), "\n") {
		out = append(out, asideRow{roleLabel, l, NoRow})
	}
	for i := range p.Fields {
		out = append(out, asideRow{field: i})
		if i == p.Field && p.Typed != nil && !rangeFits(p.Typed, n) {
			out = append(out, asideRow{typedRole(p.Typed), "  " + rangeWords(p.Typed), NoRow})
		}
	}
	return out
}

const typedCells = 8

// rangeFits is true where there is room beside a field for what is allowed.
func rangeFits(f *Field, n int) bool {
	return 2+paletteLabel+typedCells+1+words.Width(rangeWords(f)) <= n
}

func rangeWords(f *Field) string {
	if f.Wrong {
		return "no: " + f.Range
	}
	return f.Range
}

func typedRole(f *Field) role {
	if f.Wrong {
		return roleFail
	}
	return roleLabel
}

// asideLine draws one line beside the list.
func asideLine(s *sheet, p *Palette, a asideRow) {
	from := s.w
	if a.field == NoRow {
		s.clip(a.r, a.text, s.limit-s.w)
		return
	}
	f := &p.Fields[a.field]
	label := rolePlain
	if p.Locked && f.Button {
		label = roleFaint
	}
	if a.field == p.Field {
		s.glyph(roleAccent, s.look.selected)
		label = roleStrong
	}
	s.to(from + 2)
	s.clip(label, f.Label, s.limit-s.w)
	if !f.Button {
		s.to(from + 2 + paletteLabel)
		if a.field == p.Field && p.Typed != nil {
			s.field(p.Typed, typedCells)
			if n := s.limit - from; rangeFits(p.Typed, n) {
				s.to(from + 2 + paletteLabel + typedCells + 1)
				s.text(typedRole(p.Typed), rangeWords(p.Typed))
			}
		} else {
			s.clip(rolePlain, f.Value, s.limit-s.w)
		}
	}
	s.row(FieldRow+a.field, from, s.inner+3)
}

// activeLine says what is active on the target.
func activeLine(s *sheet, p *Palette) {
	s.line()
	s.text(roleLabel, "active: ")
	if p.Active == "" {
		s.text(rolePlain, "none")
	} else {
		s.clip(roleFault, p.Active, s.limit-s.w)
	}
	s.endLine()
}
