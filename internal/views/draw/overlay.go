package draw

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/words"
)

// BoxEdge is a box's top or bottom with a title.
func BoxEdge(p *Pen, left, right, title string, inner int) string {
	w := inner + 4
	p.Start(w)
	p.Glyph(Label, left)
	p.Limit = w - 1
	p.Clip(Label, title, w-2)
	p.Repeat(Label, p.Look.Light.H, w-1-p.X)
	p.Limit = w
	p.Glyph(Label, right)
	return p.End(w)
}

// Overlay lays a box over the middle of a screen of width × height cells. The
// screen keeps its size; a box that is larger is cut.
func Overlay(base, box string, width, height int) string {
	if height <= 0 {
		return ""
	}
	if width <= 0 {
		return base // nothing to see, but as many lines
	}
	under := strings.Split(base, "\n")
	over := strings.Split(box, "\n")
	if box == "" {
		over = nil
	}
	over = over[:min(len(over), height)]
	w := 0
	for _, l := range over {
		w = max(w, words.Width(l))
	}
	w = min(w, width)
	at := OverlayRect(box, width, height)
	x, y := at.X, at.Y
	out := make([]string, height)
	for i := range out {
		line := ""
		if i < len(under) {
			line = under[i]
		}
		if k := i - y; k >= 0 && k < len(over) {
			line = pad(ansi.Truncate(line, x, ""), x) + off + pad(ansi.Truncate(over[k], w, ""), w) + off +
				ansi.TruncateLeft(line, x+w, "")
		}
		if !surelyFits(line, width) {
			line = ansi.Truncate(line, width, "")
		}
		out[i] = line
	}
	return strings.Join(out, "\n")
}

// surelyFits is true where a line takes no more than n cells, by a count that is
// much cheaper than the exact one: most lines beside a box fit as they are.
// It knows the sequences that set colours and the symbols that this package
// draws with, and of everything else that it may be wide.
func surelyFits(line string, n int) bool {
	colour := false
	for _, r := range line {
		switch {
		case r == '\x1b':
			colour = true
		case colour:
			switch {
			case r == '[', r >= '0' && r <= '9', r == ';', r == ':':
			case r == 'm':
				colour = false
			default:
				return false
			}
		case r >= ' ' && r < 0x7f, r > 0xa0 && r < 0x250, r >= 0x2190 && r < 0x2194,
			r >= 0x2500 && r < 0x25fd, r >= 0x2800 && r < 0x2900:
			n-- // Latin, arrows, boxes, blocks, shapes, Braille
		case r < 0xa0:
			return false
		default:
			n -= 2
		}
	}
	return n >= 0 && !colour
}

// OverlayRect is where [Overlay] lays a box on a screen of this size.
func OverlayRect(box string, width, height int) Rect {
	if box == "" || width <= 0 || height <= 0 {
		return Rect{}
	}
	over := strings.Split(box, "\n")
	over = over[:min(len(over), height)]
	w := 0
	for _, l := range over {
		w = max(w, words.Width(l))
	}
	w = min(w, width)
	return Rect{(width - w) / 2, (height - len(over)) / 2, w, len(over)}
}

// pad fills a line up to n cells.
func pad(s string, n int) string { return s + words.Spaces(n-words.Width(s)) }
