package views

import (
	"strings"

	"resiltui/internal/words"
)

// grid draws the panes, row by row of the grid.
func (s *screen) grid() {
	rects := s.l.Cells
	panes := make([][]string, 0, len(rects)+1)
	for i, r := range rects {
		panes = append(panes, s.pane(s.l.Visible[i], r.W))
	}
	if !s.l.Pipeline.Empty() {
		rects = append(rects[:len(rects):len(rects)], s.l.Pipeline)
		panes = append(panes, s.pipelinePane(s.l.Pipeline))
	}
	for len(panes) > 0 {
		n := 1
		for n < len(panes) && rects[n].Y == rects[0].Y {
			n++
		}
		s.beside(rects[:n], panes[:n])
		rects, panes = rects[n:], panes[n:]
	}
}

// beside joins panes that stand in one row of the grid.
func (s *screen) beside(rects []Rect, panes [][]string) {
	end := rects[len(rects)-1].X + rects[len(rects)-1].W
	var b strings.Builder
	for y := range rects[0].H {
		b.Reset()
		for i := range panes {
			b.WriteString(panes[i][y])
		}
		b.WriteString(words.Spaces(s.l.Width - end))
		s.lines = append(s.lines, b.String())
	}
}
