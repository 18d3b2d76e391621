package views

import "strings"

// grid draws the panes, row by row of the grid.
func (s *screen) grid() {
	cells := s.l.Cells
	panes := make([][]string, 0, len(cells)+1)
	for i, r := range cells {
		panes = append(panes, s.pane(s.l.Visible[i], r.W))
	}
	if !s.l.Pipeline.Empty() {
		cells = append(cells[:len(cells):len(cells)], s.l.Pipeline)
		panes = append(panes, s.pipelinePane(s.l.Pipeline))
	}
	for len(panes) > 0 {
		n := 1
		for n < len(panes) && cells[n].Y == cells[0].Y {
			n++
		}
		s.beside(cells[:n], panes[:n])
		cells, panes = cells[n:], panes[n:]
	}
}

// beside joins panes that stand in one row of the grid.
func (s *screen) beside(cells []Rect, panes [][]string) {
	end := cells[len(cells)-1].X + cells[len(cells)-1].W
	var b strings.Builder
	for y := range cells[0].H {
		b.Reset()
		for i := range panes {
			b.WriteString(panes[i][y])
		}
		b.WriteString(spaces(s.l.Width - end))
		s.lines = append(s.lines, b.String())
	}
}
