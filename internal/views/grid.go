package views

import "resiltui/internal/views/draw"

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
		s.lines = append(s.lines, draw.Beside(rects[:n], panes[:n], s.l.Width)...)
		rects, panes = rects[n:], panes[n:]
	}
}
