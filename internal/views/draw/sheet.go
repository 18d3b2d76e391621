package draw

import (
	"fmt"
	"strings"

	"resiltui/internal/words"
)

// Box is something to be laid over the screen with [Overlay], and what can be
// clicked in it. The zero value is nothing.
type Box struct {
	// Text is the drawing, empty where there is nothing to draw.
	Text  string
	Zones []BoxZone
}

// NoRow is the row of a click that is on none.
const NoRow = -1

// BoxZone is a part of a box that means a row or a key.
type BoxZone struct {
	Rect
	Row int
	Key string
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

// Field is a text field within a box, with what is allowed beside it.
type Field struct {
	// Text is what was typed; Cursor the rune that the next one goes before. Selected
	// is true where the next one takes the place of them all.
	Text     string
	Cursor   int
	Selected bool
	// Range says what is allowed. Wrong is true where the text is not.
	Range string
	Wrong bool
}

// Sheet is a box in progress.
type Sheet struct {
	Pen
	Box   Box
	Inner int
	Lines []string
}

// NewSheet begins a box that is inner+4 cells wide, with a title and a text at
// the right end of the same edge.
func NewSheet(look *Look, inner int, title, right string) *Sheet {
	s := &Sheet{Pen: Pen{Look: look}, Inner: inner}
	s.edge(look.Light.TopLeft, look.Light.TopRight, title, right)
	return s
}

// edge draws the top or the bottom with a text at either end.
func (s *Sheet) edge(left, right, title, note string) {
	w := s.Inner + 4
	s.Start(w)
	s.Glyph(Label, left)
	s.Limit = w - 1
	s.Clip(Label, title, w-2)
	if n := words.Width(note); note != "" && s.X+n+2 < w {
		s.Repeat(Label, s.Look.Light.H, w-1-n-s.X)
		s.Text(Label, note)
	}
	s.Repeat(Label, s.Look.Light.H, w-1-s.X)
	s.Limit = w
	s.Glyph(Label, right)
	s.Lines = append(s.Lines, s.End(w))
}

// Rule draws a line across the box with a text in it.
func (s *Sheet) Rule(text string) {
	w := s.Inner + 4
	s.Start(w)
	s.Glyph(Label, s.Look.Light.V)
	s.Limit = w - 1
	s.Glyph(Label, s.Look.Light.H)
	if text != "" {
		s.Clip(Label, " "+text+" ", w-4)
	}
	s.Repeat(Label, s.Look.Light.H, w-1-s.X)
	s.Limit = w
	s.Glyph(Label, s.Look.Light.V)
	s.Lines = append(s.Lines, s.End(w))
}

// Line begins a line between the sides, at the first column within.
func (s *Sheet) Line() {
	s.Start(s.Inner + 4)
	s.Glyph(Label, s.Look.Light.V)
	s.To(2)
	s.Limit = s.Inner + 2
}

// EndLine ends it.
func (s *Sheet) EndLine() {
	s.Limit = s.Inner + 4
	s.To(s.Inner + 3)
	s.Glyph(Label, s.Look.Light.V)
	s.Lines = append(s.Lines, s.End(s.Inner+4))
}

// Row makes a part of the present line click as a row.
func (s *Sheet) Row(row, from, to int) {
	s.Box.Zones = append(s.Box.Zones, BoxZone{Rect: Rect{from, len(s.Lines), to - from, 1}, Row: row})
}

// Finish draws the bottom with the keys, which can be clicked, as many as fit,
// and always the last one.
func (s *Sheet) Finish(keys []Hint) Box {
	w := s.Inner + 4
	s.Start(w)
	s.Glyph(Label, s.Look.Light.BottomLeft)
	s.Glyph(Plain, " ")
	last := 0
	if len(keys) > 0 {
		last = HintCells(keys[len(keys)-1]) + 3
	}
	for i, h := range keys {
		if i == len(keys)-1 {
			s.Repeat(Label, s.Look.Light.H, w-last-s.X)
			s.Glyph(Plain, " ")
		} else if s.X+HintCells(h)+2 > w-last {
			continue
		}
		from := s.X
		s.Text(Accent, h.Key)
		if h.Word != "" {
			s.Text(Label, " "+h.Word)
		}
		s.Box.Zones = append(s.Box.Zones, BoxZone{Rect: Rect{from, len(s.Lines), s.X - from, 1}, Row: NoRow, Key: h.Key})
		if i < len(keys)-1 {
			s.Text(Plain, "  ")
		}
	}
	s.Glyph(Plain, " ")
	s.Limit = w
	s.To(w - 1)
	s.Glyph(Label, s.Look.Light.BottomRight)
	s.Lines = append(s.Lines, s.End(w))
	s.Box.Text = strings.Join(s.Lines, "\n")
	return s.Box
}

// HintCells is the width of a key with its word.
func HintCells(h Hint) int {
	if h.Word == "" {
		return words.Width(h.Key)
	}
	return words.Width(h.Key) + 1 + words.Width(h.Word)
}

// Field draws a text with its cursor in at most n cells. Long texts scroll, so
// that the cursor is in sight.
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
		p.Text(Plain, string(c))
		p.Inverse = false
	}
}

// NoRoom is a box that says that a larger one has no room, and what it needs;
// nothing where there is no room for that either.
func NoRoom(look *Look, what string, width, height, wide, high int) Box {
	if width < 24 || height < 3 {
		return Box{}
	}
	s := NewSheet(look, min(width, 44)-4, " "+what+" ", "")
	s.Line()
	s.Clip(Plain, fmt.Sprintf("no room: %d × %d needed", wide, high), s.Inner)
	s.EndLine()
	return s.Finish([]Hint{{"esc", "closes"}})
}

// Note draws one line of words; bad ones are told as such.
func (s *Sheet) Note(text string, bad bool) {
	s.Line()
	r := Label
	if bad {
		r = Fail
	}
	s.Clip(r, text, s.Inner)
	s.EndLine()
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
	s := NewSheet(look, inner, " "+title+" ", "")
	for i, r := range rows {
		s.Line()
		name := Plain
		if i == cursor {
			s.Glyph(Accent, s.Look.Selected)
			name = Strong
		}
		s.To(4)
		s.Text(Accent, r.Key)
		s.To(7)
		s.Clip(name, r.Word, s.Limit-s.X)
		s.Row(i, 1, s.Inner+3)
		s.EndLine()
	}
	return s.Finish(keys)
}
