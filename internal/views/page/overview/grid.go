package overview

import "resiltui/internal/views/draw"

// grid draws the panes, row by row of the grid.
func (s *drawing) grid() {
	rects := s.Layout.Cells
	panes := make([][]string, 0, len(rects)+1)
	for i, r := range rects {
		panes = append(panes, s.pane(s.Layout.Visible[i], r.W))
	}
	if !s.Layout.Pipeline.Empty() {
		rects = append(rects[:len(rects):len(rects)], s.Layout.Pipeline)
		panes = append(panes, s.pipelinePane(s.Layout.Pipeline))
	}
	for len(panes) > 0 {
		n := 1
		for n < len(panes) && rects[n].Y == rects[0].Y {
			n++
		}
		s.Lines = append(s.Lines, draw.Beside(rects[:n], panes[:n], s.Layout.Width)...)
		rects, panes = rects[n:], panes[n:]
	}
}
