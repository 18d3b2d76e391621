package draw

import (
	"unicode/utf8"

	"resiltui/internal/words"
)

// Surface is a grid of cells: a screen, or a part of one. Pens, each limited to a rectangle
// ([Surface.In]), draw into its cells, and the whole goes to the terminal as one string.
// Text outside the surface is dropped. A surface is reused from frame to frame, and
// belongs to one goroutine.
type Surface struct {
	Look *Look
	w, h int
	// cells are the lines from top to bottom.
	cells []cell
	// clusters are the characters of more than one rune; see cell.
	clusters []string
	out      []byte
}

// cell is one place of a surface.
type cell struct {
	// r is the character. A character of more than one rune is stored in the surface's
	// clusters, and r is -1 minus its index there.
	r rune
	// style is twice the role, plus one where the cell is inverse.
	style uint8
	// width is how many cells the character takes, 1 or 2. It is 0 for the right half of a
	// character that takes 2.
	width uint8
}

// blank is a cell that nothing was drawn into.
func blank() cell { return cell{r: ' ', width: 1} }

// NewSurface is a blank surface of w × h cells.
func NewSurface(look *Look, w, h int) *Surface {
	s := &Surface{Look: look}
	s.Reset(w, h)
	return s
}

// Reset makes the surface blank and gives it a new size.
func (s *Surface) Reset(w, h int) {
	s.w, s.h = max(w, 0), max(h, 0)
	s.clusters = s.clusters[:0]
	s.cells = s.cells[:0]
	s.grow(s.h)
}

// grow makes the surface h lines high; new lines are blank.
func (s *Surface) grow(h int) {
	s.h = h
	for len(s.cells) < s.w*h {
		s.cells = append(s.cells, blank())
	}
}

// set puts a character into a cell. All drawing goes through it, so the conversion to ASCII
// is here. A terminal cannot show half of a wide character: where one half is overwritten
// the other becomes blank, and a wide character that would pass the right edge is dropped.
func (s *Surface) set(x, y int, r rune, cluster string, style, width uint8) {
	if x < 0 || y < 0 || y >= s.h || x+int(width) > s.w {
		return
	}
	if s.Look.ASCII && (r >= utf8.RuneSelf || cluster != "") {
		r, cluster = words.ASCIIRune(r), ""
		for ; width > 1; width-- { // as many cells as without ASCII
			s.set(x+int(width)-1, y, r, "", style, 1)
		}
	}
	at := y*s.w + x
	for i := at; i < at+int(width); i++ {
		switch old := s.cells[i]; {
		case old.width == 0 && i == at:
			s.cells[i-1] = cell{r: ' ', style: s.cells[i-1].style, width: 1}
		case old.width == 2 && i == at+int(width)-1:
			s.cells[i+1] = cell{r: ' ', style: old.style, width: 1}
		}
	}
	if cluster != "" {
		s.clusters = append(s.clusters, cluster)
		r = -rune(len(s.clusters))
	}
	s.cells[at] = cell{r: r, style: style, width: width}
	if width == 2 {
		s.cells[at+1] = cell{style: style}
	}
}

// String returns the whole surface, line by line. Neighbours of equal style share an escape
// sequence, and every line begins and ends without a style.
func (s *Surface) String() string {
	out := s.out[:0]
	for y := range s.h {
		if y > 0 {
			out = append(out, '\n')
		}
		out = s.line(out, s.cells[y*s.w:(y+1)*s.w])
	}
	s.out = out
	return string(out)
}

// Line returns one line, without blanks at its end.
func (s *Surface) Line(y int) string {
	line := s.cells[y*s.w : (y+1)*s.w]
	for len(line) > 0 && line[len(line)-1] == blank() {
		line = line[:len(line)-1]
	}
	return string(s.line(nil, line))
}

func (s *Surface) line(out []byte, line []cell) []byte {
	style := uint8(0)
	for i := range line {
		c := &line[i]
		if c.width == 0 {
			continue
		}
		if c.style != style {
			out = s.turn(out, style, c.style)
			style = c.style
		}
		switch {
		case c.r < 0:
			out = append(out, s.clusters[-1-c.r]...)
		case c.r < utf8.RuneSelf:
			out = append(out, byte(c.r))
		default:
			out = utf8.AppendRune(out, c.r)
		}
	}
	return s.turn(out, style, 0)
}

// turn appends the escape sequences that change one style to another.
func (s *Surface) turn(out []byte, from, to uint8) []byte {
	if from == to {
		return out
	}
	if s.Look.sgr[from] != "" {
		out = append(out, off...)
	}
	return append(out, s.Look.sgr[to]...)
}

// Lay draws another surface over the middle of a part of this one, and returns the
// rectangle that it covers. A surface larger than the part is cut.
func (s *Surface) Lay(over *Surface, part Rect) Rect {
	at := over.Over(part)
	for y := range at.H {
		for x := range at.W {
			c := over.cells[y*over.w+x]
			switch {
			case c.width == 0:
			case c.r < 0:
				s.set(at.X+x, at.Y+y, utf8.RuneError, over.clusters[-1-c.r], c.style, c.width)
			case x+int(c.width) > at.W:
				s.set(at.X+x, at.Y+y, ' ', "", c.style, 1)
			default:
				s.set(at.X+x, at.Y+y, c.r, "", c.style, c.width)
			}
		}
	}
	return at
}

// Over returns where [Surface.Lay] puts this surface in a part of another.
func (s *Surface) Over(part Rect) Rect {
	w, h := min(s.w, part.W), min(s.h, part.H)
	if w <= 0 || h <= 0 {
		return Rect{}
	}
	return Rect{part.X + (part.W-w)/2, part.Y + (part.H-h)/2, w, h}
}
