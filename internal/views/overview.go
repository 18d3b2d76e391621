package views

// OverviewPage is the page of every sensor with its score.
type OverviewPage struct{}

// Title names the page.
func (OverviewPage) Title() string { return "Overview" }

// Layout plans panes, rows or a single sensor, whatever shows most. Panes of
// endpoints are wider than others, because addresses are longer than names.
func (OverviewPage) Layout(f *Frame, l *Layout) Body {
	pane := paneWidth
	if f.real() {
		pane = endpointWidth
	}
	plan := overviewPlan{Layout: l, most: l.Width / pane}
	plan.overview(f.Maximised, HasComparison(f.Snap.Run) && f.Order == nil)
	return overviewBody{}
}

// overviewBody draws the overview. Where everything stands is in the layout.
type overviewBody struct{}

// overviewDrawing is the overview being drawn.
type overviewDrawing struct{ *Screen }

// Draw draws the sensors in the layout's form, the comparison and the events.
func (overviewBody) Draw(screen *Screen) {
	s := overviewDrawing{screen}
	switch s.Layout.Kind {
	case Panes, Large:
		s.grid()
	case Single:
		s.single()
	default:
		s.rows()
	}
	if !s.Layout.PipelineLine.Empty() {
		s.fill(s.Layout.PipelineLine.Y)
		s.pipelineLine()
	}
	s.eventsBelow()
}
