package detail

import (
	"slices"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// phasesFrom is from how many cells for attempts on their phases are told apart, in a frame,
// whose legend explains them. Elsewhere only the longest one is named.
const phasesFrom = 24

// phase is a part of an attempt.
type phase struct {
	name string
	// letter stands in the bar; 0 is the time that the endpoint itself took to answer,
	// which looks like an attempt that is not divided.
	letter rune
	took   time.Duration
}

// phasesOf are the parts of an attempt, in their order.
func phasesOf(p *sensors.Phases) [5]phase {
	return [...]phase{
		{"DNS", 'd', p.DNS},
		{"connect", 'c', p.Connect},
		{"TLS", 't', p.TLS},
		{"first byte", 0, p.FirstByte},
		{"body", 'b', p.Body},
	}
}

// longestPhase names the part of a call's last attempt that took the longest; empty where
// none is known.
func longestPhase(c *stats.Call) string {
	n := len(c.Tries)
	if n == 0 || c.Tries[n-1].Phases == nil {
		return ""
	}
	longest := phase{}
	for _, part := range phasesOf(c.Tries[n-1].Phases) {
		if part.took > longest.took {
			longest = part
		}
	}
	if longest.took <= 0 {
		return ""
	}
	return longest.name + " " + words.ShortMillis(longest.took)
}

// panelSides is how much narrower than its frame a list is.
const panelSides = 3

// divides is true where one of the rows shows the phases of an attempt.
func (s *drawing) divides(rows []callRow, w int) bool {
	g := s.callGrid(rows, w)
	return g.divided && slices.ContainsFunc(rows, func(r callRow) bool {
		return r.n == 1 && slices.ContainsFunc(r.last.Tries, func(t event.Try) bool { return t.Phases != nil })
	})
}

// phaseCells draws letters into the bar of an attempt that began so long after its call.
func (g *callGrid) phaseCells(phases *sensors.Phases, began time.Duration, put func(from, to int, letter rune)) {
	for _, part := range phasesOf(phases) {
		if part.letter != 0 {
			put(g.at(began), g.at(began+part.took), part.letter)
		}
		began += part.took
	}
}

// nameLongest names the longest phase behind the bar of a call, which ends before the cell
// after, or over the end of the bar where there is no room left.
func (g *callGrid) nameLongest(p *draw.Pen, c *stats.Call, x0, after int) {
	text := longestPhase(c)
	x := min(after, g.attempts-words.Width(text)-1)
	if text == "" || x < 1 {
		return
	}
	p.Line(p.Y)
	p.To(x0 + x)
	p.Text(draw.Label, " "+text)
}

// phasesLegend tells the letters in bars.
func (s *drawing) phasesLegend() []draw.Seg {
	var out []draw.Seg
	for _, part := range phasesOf(&sensors.Phases{}) {
		glyph := part.letter
		if glyph == 0 {
			glyph = s.Look.Blocks[8]
		}
		out = append(out, draw.Words(draw.Accent, string(glyph)), draw.Words(draw.Label, " "+part.name+" "))
	}
	return append(out, draw.Words(draw.Fail, string(s.Look.Burnt)), draw.Words(draw.Label, " failed"))
}
