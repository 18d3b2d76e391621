package views

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/stats"
	"resiltui/internal/words"
)

// Guide is the strip below the screen that leads through a tour.
type Guide struct {
	// Title says where one is ("tour 2 of 6: an opening").
	Title string
	// Text explains one thing; Do says what to press or to wait for next.
	Text, Do string
	// Then is added to Do where there is room for it.
	Then string
	// Done is true where Do says what was seen.
	Done bool
	// Keys lead through the tour; their words are buttons.
	Keys []Hint
}

// Lines of a guide, and the screens that have room for them.
const (
	guideLines, guideShort       = 4, 2
	guideHeight, guideLeast      = 16, 10
	guideLeastWidth, guideIndent = 30, 1
)

// GuideHeight is how many lines of a terminal of this size the strip takes. The
// screen is laid out in the rest, so the strip hides nothing. It is 0 where there
// is no room for it.
func GuideHeight(width, height int) int {
	switch {
	case width < guideLeastWidth || height < guideLeast:
		return 0
	case height < guideHeight:
		return guideShort
	default:
		return guideLines
	}
}

// GuideBox draws the strip in exactly height lines of width cells; height is that
// of [GuideHeight].
func GuideBox(g Guide, width, height int, look *Look) Box {
	if height <= 0 || width <= 0 {
		return Box{}
	}
	s := &sheet{pen: pen{look: look}}
	guideRule(s, &g, width)
	if height >= guideLines {
		guideText(s, g.Text, width, height-guideShort)
	}
	s.start(width)
	s.to(guideIndent)
	sign, r, do := look.selected, roleAccent, roleStrong
	if g.Done {
		sign, r, do = markGlyph(look, stats.MarkLive), roleLive, roleLive
	}
	s.glyph(r, sign)
	s.text(r, " ")
	s.clip(do, g.Do, width-s.w-1)
	if s.w+words.Width(g.Then) < width {
		s.text(do, g.Then)
	}
	s.lines = append(s.lines, s.end(width))
	s.box.Text = strings.Join(s.lines, "\n")
	return s.box
}

// guideRule is the line between the screen and the strip, with the title and the
// keys in it.
func guideRule(s *sheet, g *Guide, width int) {
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
	s.start(width)
	s.glyph(roleAccent, s.look.heavy.h)
	s.clip(roleStrong, " "+g.Title+" ", width-keys-2)
	s.repeat(roleAccent, s.look.heavy.h, width-keys-1-s.w)
	for _, h := range hints {
		s.text(rolePlain, " ")
		from := s.w
		s.text(roleAccent, h.Key)
		if h.Word != "" {
			s.text(roleLabel, " "+h.Word)
		}
		s.box.zones = append(s.box.zones, boxZone{Rect: Rect{from, 0, s.w - from, 1}, row: NoRow, key: h.Key})
		s.text(rolePlain, " ")
	}
	s.repeat(roleAccent, s.look.heavy.h, width-s.w)
	s.lines = append(s.lines, s.end(width))
}

// hintsCells is the width of the keys, with the space around each.
func hintsCells(hints []Hint) int {
	n := 0
	for _, h := range hints {
		n += hintCells(h) + 2
	}
	return n
}

// guideText is the explanation in n lines, clipped where it is longer.
func guideText(s *sheet, text string, width, n int) {
	lines := strings.Split(ansi.Wordwrap(text, max(width-2*guideIndent, 1), ""), "\n")
	for i := range n {
		s.start(width)
		s.to(guideIndent)
		if i < len(lines) {
			l := lines[i]
			if i == n-1 && len(lines) > n {
				l = strings.Join(lines[i:], " ")
			}
			s.clip(rolePlain, l, width-s.w-guideIndent)
		}
		s.lines = append(s.lines, s.end(width))
	}
}
