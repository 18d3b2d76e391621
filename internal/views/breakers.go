package views

// planBreakers plans the page: one lane a circuit.
func (l *Layout) planBreakers(*Frame) { l.rest(l.Header, false) }

// breakers draws the page: one lane a circuit.
func (s *screen) breakers() { s.events() }
