package tour

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/engine/event"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// guide is the strip below the screen that leads through a tour.
type guide struct {
	// Title says where one is ("tour 2 of 6: an opening").
	Title string
	// Text explains one thing; Do says what to press or to wait for next.
	Text, Do string
	// Then is added to Do where there is room for it.
	Then string
	// Done is true where Do says what was seen.
	Done bool
	// Keys lead through the tour; their words are buttons.
	Keys []draw.Hint
}

// Lines of a guide, and the screens that have room for them.
const (
	guideLines, guideShort       = 4, 2
	guideHeight, guideLeast      = 16, 10
	guideLeastWidth, guideIndent = 30, 1
)

// stripHeight is how many lines of a terminal of this size the strip takes. The
// screen is laid out in the rest, so the strip hides nothing. It is 0 where there
// is no room for it.
func stripHeight(width, height int) int {
	switch {
	case width < guideLeastWidth || height < guideLeast:
		return 0
	case height < guideHeight:
		return guideShort
	default:
		return guideLines
	}
}

// stripOf draws the strip in exactly height lines of width cells; height is that
// of [stripHeight].
func stripOf(g guide, width, height int, look *draw.Look) draw.Box {
	if height <= 0 || width <= 0 {
		return draw.Box{}
	}
	s := &draw.Sheet{Pen: draw.Pen{Look: look}}
	guideRule(s, &g, width)
	if height >= guideLines {
		guideText(s, g.Text, width, height-guideShort)
	}
	s.Start(width)
	s.To(guideIndent)
	sign, r, do := look.Selected, draw.Accent, draw.Strong
	if g.Done {
		sign, r, do = views.MarkGlyph(look, event.MarkLive), draw.Live, draw.Live
	}
	s.Glyph(r, sign)
	s.Text(r, " ")
	s.Clip(do, g.Do, width-s.X-1)
	if s.X+words.Width(g.Then) < width {
		s.Text(do, g.Then)
	}
	s.Lines = append(s.Lines, s.End(width))
	s.Box.Text = strings.Join(s.Lines, "\n")
	return s.Box
}

// guideRule is the line between the screen and the strip, with the title and the
// keys in it.
func guideRule(s *draw.Sheet, g *guide, width int) {
	hints := slices.Clone(g.Keys)
	keys := hintsCells(hints)
	// The words of the keys go before the title does.
	for i := range hints {
		if keys+words.Width(g.Title)+4 <= width {
			break
		}
		hints[i].Word = ""
		keys = hintsCells(hints)
	}
	s.Start(width)
	s.Glyph(draw.Accent, s.Look.Heavy.H)
	s.Clip(draw.Strong, " "+g.Title+" ", width-keys-2)
	s.Repeat(draw.Accent, s.Look.Heavy.H, width-keys-1-s.X)
	for _, h := range hints {
		s.Text(draw.Plain, " ")
		from := s.X
		s.Text(draw.Accent, h.Key)
		if h.Word != "" {
			s.Text(draw.Label, " "+h.Word)
		}
		s.Box.Zones = append(s.Box.Zones, draw.BoxZone{Rect: draw.At(from, 0, s.X-from, 1), Row: draw.NoRow, Key: h.Key})
		s.Text(draw.Plain, " ")
	}
	s.Repeat(draw.Accent, s.Look.Heavy.H, width-s.X)
	s.Lines = append(s.Lines, s.End(width))
}

// hintsCells is the width of the keys, with the space around each.
func hintsCells(hints []draw.Hint) int {
	n := 0
	for _, h := range hints {
		n += draw.HintCells(h) + 2
	}
	return n
}

// guideText is the explanation in n lines, clipped where it is longer.
func guideText(s *draw.Sheet, text string, width, n int) {
	lines := strings.Split(ansi.Wordwrap(text, max(width-2*guideIndent, 1), ""), "\n")
	for i := range n {
		s.Start(width)
		s.To(guideIndent)
		if i < len(lines) {
			l := lines[i]
			if i == n-1 && len(lines) > n {
				l = strings.Join(lines[i:], " ")
			}
			s.Clip(draw.Plain, l, width-s.X-guideIndent)
		}
		s.Lines = append(s.Lines, s.End(width))
	}
}
