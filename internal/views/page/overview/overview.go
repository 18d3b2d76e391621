package overview

import "resiltui/internal/views"

// Page is the page of every sensor with its score.
type Page struct{}

// Title names the page.
func (Page) Title() string { return "Overview" }

// Layout chooses panes, rows or a single sensor, whichever shows most. Real endpoints have
// panes and rows of their own.
func (Page) Layout(f *views.Frame, l *views.Layout) views.Body {
	if f.Real() {
		return layoutEndpoints(f, l)
	}
	plan := plan{Layout: l, most: l.Width / views.PaneWidth}
	plan.overview(f.Maximised, views.HasComparison(f.Snap.Run) && f.Order == nil)
	return body{}
}

// body draws the overview; the layout says where everything is.
type body struct{}

// drawing is the page while it is drawn.
type drawing struct{ *views.Screen }

// Draw draws the sensors, as panes, rows or a single one, the comparison and the events.
func (body) Draw(screen *views.Screen) {
	s := drawing{screen}
	switch s.Layout.Kind {
	case views.Panes, views.Large:
		s.grid()
	case views.Single:
		s.single()
	default:
		s.rows()
	}
	if !s.Layout.PipelineLine.Empty() {
		s.pipelineLine()
	}
	s.EventsBelow()
}

// grid draws the panes.
func (s *drawing) grid() {
	for i, at := range s.Layout.Cells {
		s.pane(s.Layout.Visible[i], at)
	}
	if !s.Layout.Pipeline.Empty() {
		s.pipelinePane(s.Layout.Pipeline)
	}
}
