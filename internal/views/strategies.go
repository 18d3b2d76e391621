package views

// planStrategies plans the page: the three strategies.
func (l *Layout) planStrategies(*Frame) { l.rest(l.Header, false) }

// strategies draws the page: the three strategies.
func (s *screen) strategies() { s.events() }
