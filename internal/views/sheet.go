package views

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
	zones []boxZone
}

// NoRow is the row of a click that is on none.
const NoRow = -1

// boxZone is a part of a box that means a row or a key.
type boxZone struct {
	Rect
	row int
	key string
}

// Hit says what a click at a cell of the box means: a row of the list, by its
// number, or NoRow; and a key, or the empty string.
func (b Box) Hit(x, y int) (row int, key string) {
	for _, z := range b.zones {
		if z.Contains(x, y) {
			return z.row, z.key
		}
	}
	return NoRow, ""
}

// Field is a text field within a box, with what is allowed beside it.
type Field struct {
	// Text is what was typed; Cursor the rune that the next one goes before.
	Text   string
	Cursor int
	// Range says what is allowed. Wrong is true where the text is not.
	Range string
	Wrong bool
}

// sheet is a box in progress.
type sheet struct {
	pen
	box   Box
	inner int
	lines []string
}

// newSheet begins a box that is inner+4 cells wide, with a title and a text at
// the right end of the same edge.
func newSheet(look *Look, inner int, title, right string) *sheet {
	s := &sheet{pen: pen{look: look}, inner: inner}
	s.edge(look.light.topLeft, look.light.topRight, title, right)
	return s
}

// edge draws the top or the bottom with a text at either end.
func (s *sheet) edge(left, right, title, note string) {
	w := s.inner + 4
	s.start(w)
	s.glyph(roleLabel, left)
	s.limit = w - 1
	s.clip(roleLabel, title, w-2)
	if n := words.Width(note); note != "" && s.w+n+2 < w {
		s.repeat(roleLabel, s.look.light.h, w-1-n-s.w)
		s.text(roleLabel, note)
	}
	s.repeat(roleLabel, s.look.light.h, w-1-s.w)
	s.limit = w
	s.glyph(roleLabel, right)
	s.lines = append(s.lines, s.end(w))
}

// rule draws a line across the box with a text in it.
func (s *sheet) rule(text string) {
	w := s.inner + 4
	s.start(w)
	s.glyph(roleLabel, s.look.light.v)
	s.limit = w - 1
	s.glyph(roleLabel, s.look.light.h)
	if text != "" {
		s.clip(roleLabel, " "+text+" ", w-4)
	}
	s.repeat(roleLabel, s.look.light.h, w-1-s.w)
	s.limit = w
	s.glyph(roleLabel, s.look.light.v)
	s.lines = append(s.lines, s.end(w))
}

// line begins a line between the sides, at the first column within.
func (s *sheet) line() {
	s.start(s.inner + 4)
	s.glyph(roleLabel, s.look.light.v)
	s.to(2)
	s.limit = s.inner + 2
}

// endLine ends it.
func (s *sheet) endLine() {
	s.limit = s.inner + 4
	s.to(s.inner + 3)
	s.glyph(roleLabel, s.look.light.v)
	s.lines = append(s.lines, s.end(s.inner+4))
}

// row makes a part of the present line click as a row.
func (s *sheet) row(row, from, to int) {
	s.box.zones = append(s.box.zones, boxZone{Rect: Rect{from, len(s.lines), to - from, 1}, row: row})
}

// finish draws the bottom with the keys, which can be clicked, as many as fit,
// and always the last one.
func (s *sheet) finish(keys []Hint) Box {
	w := s.inner + 4
	s.start(w)
	s.glyph(roleLabel, s.look.light.bottomLeft)
	s.glyph(rolePlain, " ")
	last := 0
	if len(keys) > 0 {
		last = hintCells(keys[len(keys)-1]) + 3
	}
	for i, h := range keys {
		if i == len(keys)-1 {
			s.repeat(roleLabel, s.look.light.h, w-last-s.w)
			s.glyph(rolePlain, " ")
		} else if s.w+hintCells(h)+2 > w-last {
			continue
		}
		from := s.w
		s.text(roleAccent, h.Key)
		if h.Word != "" {
			s.text(roleLabel, " "+h.Word)
		}
		s.box.zones = append(s.box.zones, boxZone{Rect: Rect{from, len(s.lines), s.w - from, 1}, row: NoRow, key: h.Key})
		if i < len(keys)-1 {
			s.text(rolePlain, "  ")
		}
	}
	s.glyph(rolePlain, " ")
	s.limit = w
	s.to(w - 1)
	s.glyph(roleLabel, s.look.light.bottomRight)
	s.lines = append(s.lines, s.end(w))
	s.box.Text = strings.Join(s.lines, "\n")
	return s.box
}

func hintCells(h Hint) int {
	if h.Word == "" {
		return words.Width(h.Key)
	}
	return words.Width(h.Key) + 1 + words.Width(h.Word)
}

// field draws a text with its cursor in at most n cells. Long texts scroll, so
// that the cursor is in sight.
func (p *pen) field(f *Field, n int) {
	text := []rune(words.Narrow(words.Clean(f.Text, len(f.Text)+1)))
	at := min(max(f.Cursor, 0), len(text))
	first := max(at-max(n-1, 0), 0)
	for i := first; i <= len(text) && i-first < n; i++ {
		c := ' '
		if i < len(text) {
			c = text[i]
		}
		p.inverse = i == at
		p.text(rolePlain, string(c))
		p.inverse = false
	}
}

// noRoom is a box that says that a larger one has no room, and what it needs;
// nothing where there is no room for that either.
func noRoom(look *Look, what string, width, height, wide, high int) Box {
	if width < 24 || height < 3 {
		return Box{}
	}
	s := newSheet(look, min(width, 44)-4, " "+what+" ", "")
	s.line()
	s.clip(rolePlain, fmt.Sprintf("no room: %d × %d needed", wide, high), s.inner)
	s.endLine()
	return s.finish([]Hint{{"esc", "closes"}})
}

// note draws one line of words; bad ones are told as such.
func (s *sheet) note(text string, bad bool) {
	s.line()
	r := roleLabel
	if bad {
		r = roleFail
	}
	s.clip(r, text, s.inner)
	s.endLine()
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
		return noRoom(look, title, width, height, 26, len(rows)+2)
	}
	s := newSheet(look, inner, " "+title+" ", "")
	for i, r := range rows {
		s.line()
		name := rolePlain
		if i == cursor {
			s.glyph(roleAccent, s.look.selected)
			name = roleStrong
		}
		s.to(4)
		s.text(roleAccent, r.Key)
		s.to(7)
		s.clip(name, r.Word, s.limit-s.w)
		s.row(i, 1, s.inner+3)
		s.endLine()
	}
	return s.finish(keys)
}
