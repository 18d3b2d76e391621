package render

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/words"
)

// spot is one character of a strip with its width in cells.
type spot struct {
	text  string
	tone  Tone
	width int
}

// spots are the characters of a strip. A wide character that would cross the
// end of a line of room cells moves to the next line, so that a strip can be
// broken at any multiple of room.
func (s *Strip) spots(room int) []spot {
	var out []spot
	at := 0
	for _, piece := range s.Pieces {
		for rest := piece.Text; rest != ""; {
			cluster, w := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
			rest = rest[len(cluster):]
			for w > 1 && at%room+w > room {
				out = append(out, spot{" ", Plain, 1})
				at++
			}
			out = append(out, spot{cluster, piece.Tone, w})
			at += w
		}
	}
	return out
}

func (s *Strip) width(room int) int {
	n := 0
	for _, c := range s.spots(room) {
		n += c.width
	}
	return n
}

// frame is the layout of a picture.
type frame struct {
	// label is the width of the labels, indent the column where the strips
	// begin.
	label, indent int
	// room is how many cells of a strip fit on a line; total is the longest
	// strip.
	room, total int
	// beside says whether notes are at the right end of the strips; otherwise
	// they have lines of their own.
	beside bool
}

func (p *page) frame(pic *Picture) frame {
	var f frame
	note := 0
	for i := range pic.Strips {
		f.label = max(f.label, ansi.StringWidth(pic.Strips[i].Label))
		note = max(note, ansi.StringWidth(pic.Strips[i].Note))
	}
	f.label = min(f.label, p.width/3)
	if f.label > 0 {
		f.indent = f.label + 1
	}
	f.room = p.width - f.indent
	for i := range pic.Strips {
		f.total = max(f.total, pic.Strips[i].width(f.room))
	}
	// A note must not break a strip that fits on one line without it, and must
	// not leave too little room on the lines of a long strip.
	left := f.room - note - columnGap
	if note > 0 && (left >= max(f.total, 1) || f.total > f.room && left >= f.room*3/4) {
		f.beside, f.room = true, left
		for i := range pic.Strips {
			f.total = max(f.total, pic.Strips[i].width(f.room))
		}
	}
	return f
}

// picture writes strips below each other, in chunks where they are wider than
// the page. Then come the axis, the notes that did not fit, and the legend.
func (p *page) picture(pic *Picture) {
	p.gap()
	p.caption(pic.Title)
	f := p.frame(pic)
	for from := 0; from == 0 || from < f.total; from += f.room {
		if from > 0 {
			p.gap()
		}
		p.chunk(pic, f, from)
	}
	if !f.beside {
		for i := range pic.Strips {
			p.note(&pic.Strips[i], f)
		}
	}
	p.legend(pic.Legend, f.indent)
}

// chunk writes one line of each strip, from cell from on. The left end of the
// axis is under the first chunk, the right end under the last.
func (p *page) chunk(pic *Picture, f frame, from int) {
	width := min(f.room, f.total-from)
	last := from+f.room >= f.total
	for i := range pic.Strips {
		s := &pic.Strips[i]
		line := p.label(s, f) + p.run(s.spots(f.room), from, from+f.room)
		if last && f.beside && s.Note != "" {
			line = padCells(line, f.indent+width+columnGap) + s.Note
		}
		p.line(line)
	}
	left, right := "", ""
	if from == 0 {
		left = pic.AxisFrom
	}
	if last {
		right = pic.AxisTo
	}
	p.axis(left, right, f.indent, width)
}

// run paints the characters whose cells are in [from, to). Neighbours of one
// tone are painted together.
func (p *page) run(spots []spot, from, to int) string {
	var b, same strings.Builder
	tone, at := Plain, 0
	for _, c := range spots {
		if at >= from && at < to {
			if c.tone != tone {
				b.WriteString(p.inks.paint(tone, same.String()))
				same.Reset()
				tone = c.tone
			}
			same.WriteString(c.text)
		}
		at += c.width
	}
	b.WriteString(p.inks.paint(tone, same.String()))
	return b.String()
}

// axis writes the ends of the axis under a chunk, with the right one aligned to
// the end of the chunk, or as close to it as possible.
func (p *page) axis(left, right string, indent, width int) {
	line := left
	if right != "" {
		line = padCells(left, width-ansi.StringWidth(right)) + right
		if left != "" && width-ansi.StringWidth(left+right) < columnGap {
			line = left + strings.Repeat(" ", columnGap) + right
		}
	}
	if indent+ansi.StringWidth(line) <= p.width {
		p.faint(strings.Repeat(" ", indent), line)
		return
	}
	for _, end := range []string{left, right} {
		for _, l := range words.Wrap(end, p.width-indent, 0) {
			p.faint(strings.Repeat(" ", indent), l)
		}
	}
}

// label is a strip's label, padded to its column.
func (p *page) label(s *Strip, f frame) string {
	return padCells(p.inks.paint(Faint, clipCells(s.Label, f.label, p.glyph("…"))), f.indent)
}

// note writes a strip's note on lines of its own, after the label again.
func (p *page) note(s *Strip, f frame) {
	label := p.label(s, f)
	for _, l := range words.Wrap(s.Note, p.width-f.indent, 0) {
		p.line(label + l)
		label = strings.Repeat(" ", f.indent)
	}
}

// legend writes the pieces two cells apart and fills each line. Spaces around a
// piece are ignored.
func (p *page) legend(pieces []Piece, indent int) {
	line, used := "", 0
	margin := strings.Repeat(" ", indent)
	for _, piece := range pieces {
		for i, l := range words.Wrap(piece.Text, p.width-indent, 0) {
			w := ansi.StringWidth(l)
			if i == 0 && used > 0 && indent+used+columnGap+w <= p.width {
				line += strings.Repeat(" ", columnGap) + p.inks.paint(piece.Tone, l)
				used += columnGap + w
				continue
			}
			if used > 0 {
				p.line(margin + line)
			}
			line, used = p.inks.paint(piece.Tone, l), w
		}
	}
	if used > 0 {
		p.line(margin + line)
	}
}

func (p *page) faint(margin, s string) {
	if s != "" {
		p.line(margin + p.inks.paint(Faint, s))
	}
}
