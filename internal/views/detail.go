package views

// planDetail plans the detail of the selected sensor.
func (l *Layout) planDetail() {
	l.single()
	l.Kind = Paged
}

// detail draws the selected sensor in full.
func (s *screen) detail() { s.single() }

// detailLine is the second line of a detail.
func (s *screen) detailLine() { s.pen.text(roleLabel, "esc back") }
