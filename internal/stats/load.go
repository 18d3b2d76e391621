package stats

// load is how many calls of a sensor were in flight at a time.
type load struct {
	batch, peak int // the batch of the newest call that has ended, and its peak so far
	before      int // the peak of the batch before that
}

// call records how many calls were in flight when one began.
func (l *load) call(batch, inFlight int) {
	if batch != l.batch {
		l.batch, l.before, l.peak = batch, l.peak, 0
	}
	l.peak = max(l.peak, inFlight)
}

// last is the peak of the newest batch that has ended. In a batch in progress,
// the calls that began when most were in flight may not have ended yet.
func (l load) last(ended int) int {
	if l.batch <= ended {
		return l.peak
	}
	return l.before
}
