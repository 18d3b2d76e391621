package views

// planEvents plans the page: the log.
func (l *Layout) planEvents(*Frame) { l.rest(l.Header, false) }

// log draws the page: the log.
func (s *screen) log() { s.events() }
