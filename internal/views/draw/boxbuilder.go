package draw

import (
	"fmt"

	"resiltui/internal/words"
)

// Box is a drawing to put over the screen with [Surface.Lay], and its clickable parts. The
// zero value draws nothing.
type Box struct {
	// Cells is the drawing, nil where there is nothing to draw.
	Cells *Surface
	Zones []BoxZone
}

// NoRow is the row of a click that is on no row.
const NoRow = -1

// BoxZone is a part of a box; a click on it selects a row or presses a key.
type BoxZone struct {
	Rect
	Row int
	Key string
}

// Empty is true where there is nothing to draw.
func (b Box) Empty() bool { return b.Cells == nil }

// Over is where [Surface.Lay] puts the box over the middle of a part of the screen.
func (b Box) Over(part Rect) Rect {
	if b.Empty() {
		return Rect{}
	}
	return b.Cells.Over(part)
}

// String returns the drawing with its styles, or an empty text where there is none.
func (b Box) String() string {
	if b.Empty() {
		return ""
	}
	return b.Cells.String()
}

// Hit says what a click at a cell of the box means: a row of the list, by its
// number, or NoRow; and a key, or the empty string.
func (b Box) Hit(x, y int) (row int, key string) {
	for _, z := range b.Zones {
		if z.Contains(x, y) {
			return z.Row, z.Key
		}
	}
	return NoRow, ""
}

// Field is a text field in a box, with the allowed values beside it.
type Field struct {
	// Text is what was typed; the next rune is inserted before the rune at Cursor.
	// Selected is true where the next rune replaces the whole text.
	Text     string
	Cursor   int
	Selected bool
	// Range says which values are allowed. Wrong is true where the text is not one of them.
	Range string
	Wrong bool
}

// BoxBuilder is a box that is being drawn: a surface that grows line by line, and gets its
// frame at the end.
type BoxBuilder struct {
	Pen
	Box         Box
	Inner       int
	left, right []Seg
	rules       []rule
}

// rule is a line across a box with a text in it.
type rule struct {
	y    int
	text string
}

// NewBoxBuilder begins a box that is inner+4 cells wide, with a title and a text at
// the right end of the same edge.
func NewBoxBuilder(look *Look, inner int, title, right string) *BoxBuilder {
	s := &BoxBuilder{Inner: inner}
	s.left = []Seg{Words(Label, look.Clip(title, inner+2))}
	if right != "" {
		s.right = []Seg{Words(Label, right)}
	}
	s.Box.Cells = NewSurface(look, inner+4, 1)
	s.Pen = Pen{Look: look, s: s.Box.Cells, at: Rect{W: inner + 4, H: 1}}
	return s
}

// Next begins a line inside the frame.
func (s *BoxBuilder) Next() {
	s.at.H++
	s.s.grow(s.at.H)
	s.Pen.Next()
	s.To(2)
	s.Limit = s.Inner + 2
}

// Rule draws a line across the box with a text in it.
func (s *BoxBuilder) Rule(text string) {
	s.Next()
	s.rules = append(s.rules, rule{s.Y, text})
}

// Row makes a part of the current line clickable as a row of the list.
func (s *BoxBuilder) Row(row, from, to int) {
	s.Box.Zones = append(s.Box.Zones, BoxZone{Rect: Rect{from, s.Y, to - from, 1}, Row: row})
}

// Press makes a part of the current line clickable as a key.
func (s *BoxBuilder) Press(key string, from, to int) {
	s.Box.Zones = append(s.Box.Zones, BoxZone{Rect: Rect{from, s.Y, to - from, 1}, Row: NoRow, Key: key})
}

// Finish draws the frame, and in its bottom edge the clickable keys: as many as fit, and
// always the last one.
func (s *BoxBuilder) Finish(keys []Hint) Box {
	s.Next()
	at := s.at
	s.s.Panel(at, s.left, s.right, Light())
	for _, r := range s.rules {
		s.rule(r)
	}
	s.Line(at.H - 1)
	s.To(1)
	s.Limit = at.W - 1
	s.Text(Plain, " ")
	last := 0
	if len(keys) > 0 {
		last = HintCells(keys[len(keys)-1]) + 3
	}
	for i, h := range keys {
		if i == len(keys)-1 {
			s.Repeat(Label, s.Look.Rule, at.W-last-s.X)
			s.Text(Plain, " ")
		} else if s.X+HintCells(h)+2 > at.W-last {
			continue
		}
		s.Box.Zones = append(s.Box.Zones, s.Key(h))
		if i < len(keys)-1 {
			s.Text(Plain, "  ")
		}
	}
	s.Text(Plain, " ")
	return s.Box
}

// Key writes a key and its word, and returns where they can be clicked.
func (p *Pen) Key(h Hint) BoxZone {
	from := p.X
	p.Text(Accent, h.Key)
	if h.Word != "" {
		p.Text(Label, " "+h.Word)
	}
	return BoxZone{Rect: Rect{from, p.Y, p.X - from, 1}, Row: NoRow, Key: h.Key}
}

// rule draws a line across the box.
func (s *BoxBuilder) rule(r rule) {
	p := s.s.In(At(1, r.y, s.at.W-2, 1))
	p.Next()
	p.Glyph(Label, s.Look.Rule)
	if r.text != "" {
		p.Clip(Label, " "+r.text+" ", s.at.W-4)
	}
	p.Repeat(Label, s.Look.Rule, p.Room())
}

// HintCells is the width of a key with its word.
func HintCells(h Hint) int {
	if h.Word == "" {
		return words.Width(h.Key)
	}
	return words.Width(h.Key) + 1 + words.Width(h.Word)
}

// Field draws a text with its cursor in at most n cells. A long text scrolls to keep the
// cursor visible.
func (p *Pen) Field(f *Field, n int) {
	text := []rune(words.Narrow(words.Clean(f.Text, len(f.Text)+1)))
	at := min(max(f.Cursor, 0), len(text))
	first := max(at-max(n-1, 0), 0)
	for i := first; i <= len(text) && i-first < n; i++ {
		c := ' '
		if i < len(text) {
			c = text[i]
		}
		p.Inverse = i == at || f.Selected && i < len(text)
		p.Cell(Plain, c)
		p.Inverse = false
	}
}

// NoRoom returns a small box that says that a larger one does not fit, and which size it
// needs. Where the small box does not fit either, it is empty.
func NoRoom(look *Look, what string, width, height, wide, high int) Box {
	if width < 24 || height < 3 {
		return Box{}
	}
	s := NewBoxBuilder(look, min(width, 44)-4, " "+what+" ", "")
	s.Next()
	s.Clip(Plain, fmt.Sprintf("no room: %d × %d needed", wide, high), s.Inner)
	return s.Finish([]Hint{{"esc", "closes"}})
}

// Note draws one line of text, in the colour of failures where it is bad.
func (s *BoxBuilder) Note(text string, bad bool) {
	s.Next()
	r := Label
	if bad {
		r = Fail
	}
	s.Clip(r, text, s.Inner)
}

// ListBox draws a short list to choose from, each row with the key that chooses
// it.
func ListBox(title string, rows []Hint, cursor int, keys []Hint, width, height int, look *Look) Box {
	inner := words.Width(title) + 4
	for _, r := range rows {
		inner = max(inner, words.Width(r.Word)+8)
	}
	inner = min(inner, width-6)
	if inner < 20 || height < len(rows)+2 {
		return NoRoom(look, title, width, height, 26, len(rows)+2)
	}
	s := NewBoxBuilder(look, inner, " "+title+" ", "")
	for i, r := range rows {
		s.Next()
		name := Plain
		if i == cursor {
			s.Glyph(Accent, s.Look.Selected)
			name = Strong
		}
		s.To(4)
		s.Text(Accent, r.Key)
		s.To(7)
		s.Clip(name, r.Word, s.Room())
		s.Row(i, 1, s.Inner+3)
	}
	return s.Finish(keys)
}
