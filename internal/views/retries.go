package views

// planRetries plans the page: what retries cost and saved.
func (l *Layout) planRetries(*Frame) { l.rest(l.Header, false) }

// retries draws the page: what retries cost and saved.
func (s *screen) retries() { s.events() }
