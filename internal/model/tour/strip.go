package tour

import (
	"slices"

	"resiltui/internal/engine/event"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// guide is the content of the strip below the screen during a tour.
type guide struct {
	// Title is the number and the name of the step ("tour 2 of 6: an opening").
	Title string
	// Text explains the topic; Do says what to press or to wait for.
	Text, Do string
	// Then is added to Do where there is room for it.
	Then string
	// Done says that Do describes what was visible.
	Done bool
	// Keys control the tour; their words are buttons.
	Keys []draw.Hint
}

// The height of the strip in lines, and the minimum screens for it.
const (
	guideLines, guideShort       = 4, 2
	guideHeight, guideLeast      = 16, 10
	guideLeastWidth, guideIndent = 30, 1
)

// stripHeight is how many lines the strip takes of a terminal of this size. The
// screen is laid out in the other lines, so the strip hides nothing. It is 0
// where there is no room.
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

// stripOf draws the strip in exactly height lines of width cells; height must
// come from [stripHeight].
func stripOf(g guide, width, height int, look *draw.Look) draw.Box {
	if height <= 0 || width <= 0 {
		return draw.Box{}
	}
	box := draw.Box{Cells: draw.NewSurface(look, width, height)}
	p := box.Cells.In(draw.At(0, 0, width, height))
	box.Zones = guideRule(p, &g)
	if height >= guideLines {
		guideText(p, g.Text, height-guideShort)
	}
	p.Next()
	p.To(guideIndent)
	sign, r, do := look.Selected, draw.Accent, draw.Strong
	if g.Done {
		sign, r, do = views.MarkGlyph(event.MarkLive), draw.Live, draw.Live
	}
	p.Glyph(r, sign)
	p.Text(r, " ")
	p.Clip(do, g.Do, p.Room()-1)
	if words.Width(g.Then) < p.Room() {
		p.Text(do, g.Then)
	}
	return box
}

// guideRule is the line between the screen and the strip; it contains the title
// and the keys.
func guideRule(p *draw.Pen, g *guide) (keys []draw.BoxZone) {
	hints, width := slices.Clone(g.Keys), p.Width()
	cells := hintsCells(hints)
	// Drop the words of the keys before the title is cut.
	for i := range hints {
		if cells+words.Width(g.Title)+4 <= width {
			break
		}
		hints[i].Word = ""
		cells = hintsCells(hints)
	}
	rule := string(draw.Heavy(draw.Accent).H)
	p.Next()
	p.Glyph(draw.Accent, rule)
	p.Clip(draw.Strong, " "+g.Title+" ", width-cells-2)
	p.Repeat(draw.Accent, rule, width-cells-1-p.X)
	for _, h := range hints {
		p.Text(draw.Plain, " ")
		keys = append(keys, p.Key(h))
		p.Text(draw.Plain, " ")
	}
	p.Repeat(draw.Accent, rule, p.Room())
	return keys
}

// hintsCells is the width of the keys, with the spaces around each.
func hintsCells(hints []draw.Hint) int {
	n := 0
	for _, h := range hints {
		n += draw.HintCells(h) + 2
	}
	return n
}

// guideText draws the explanation in n lines, and cuts it where it is longer.
func guideText(p *draw.Pen, text string, n int) {
	for _, l := range words.Wrap(text, p.Width()-2*guideIndent, n) {
		p.Next()
		p.To(guideIndent)
		p.Clip(draw.Plain, l, p.Room()-guideIndent)
	}
	p.Line(n)
}
