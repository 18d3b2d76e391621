package views

// planCompare plans the page: with policies and without.
func (l *Layout) planCompare(*Frame) { l.rest(l.Header, false) }

// compare draws the page: with policies and without.
func (s *screen) compare() { s.events() }
