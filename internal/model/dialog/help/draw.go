package help

import (
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// Group is a titled group of keys.
type Group struct {
	Title string
	Keys  []draw.Hint
}

// boxOf is the list of keys as a box for a screen of this size. offset is how
// many lines the list is scrolled by; it is limited to what is possible. It is
// the zero Box where the screen is too small.
func boxOf(groups []Group, width, height, offset int, look *draw.Look) draw.Box {
	const least = 12
	if width < least || height < 3 {
		return draw.Box{}
	}
	lines, inner := linesOf(groups, width-4)
	room := roomFor(len(lines), height)
	offset = min(max(offset, 0), len(lines)-room)
	box := draw.Box{Cells: draw.NewSurface(look, inner+4, room+2)}
	at := draw.At(0, 0, inner+4, room+2)
	box.Cells.Panel(at, draw.Labelled(look.Clip(" keys and signs ", inner+2)), nil, draw.Light())
	p := box.Cells.In(at.Inside())
	for _, l := range lines[offset : offset+room] {
		p.Next()
		drawLine(p, l)
	}
	foot := " esc closes "
	if room < len(lines) {
		foot = " up and down scroll, G signs, esc closes "
	}
	box.Cells.Foot(at).Clip(draw.Label, foot, inner+2)
	return box
}

// roomFor is how many of the lines fit.
func roomFor(lines, height int) int {
	room := height - 2
	if height > 10 {
		room -= 2
	}
	return min(max(room, 0), lines)
}

// scrolls is how many lines the list can be scrolled by on a screen of this
// size; 0 where all lines fit.
func scrolls(groups []Group, width, height int) int {
	lines, _ := linesOf(groups, max(width-4, 0))
	return len(lines) - roomFor(len(lines), height)
}

// line is one line of the list: a title, or a key.
type line struct {
	title, key, word string
	keys             int
}

func linesOf(groups []Group, most int) (lines []line, inner int) {
	keys := 0
	for _, g := range groups {
		for _, h := range g.Keys {
			keys = max(keys, words.Width(h.Key))
		}
	}
	keys = min(keys, most/2)
	inner = len(" up and down scroll, G signs, esc closes ")
	for i, g := range groups {
		if i > 0 {
			lines = append(lines, line{})
		}
		lines = append(lines, line{title: g.Title})
		inner = max(inner, words.Width(g.Title))
		for _, h := range g.Keys {
			lines = append(lines, line{key: h.Key, word: h.Word, keys: keys})
			inner = max(inner, keys+2+words.Width(h.Word))
		}
	}
	return lines, max(min(inner, most), 0)
}

func drawLine(p *draw.Pen, l line) {
	if l.key == "" {
		p.Clip(draw.Strong, l.title, p.Room())
		return
	}
	p.Clip(draw.Accent, l.key, l.keys)
	p.To(l.keys + 2)
	p.Clip(draw.Plain, l.word, p.Room())
}
