package health

import "time"

// Answer is what one call learned of the endpoint. A call that was refused, or that says
// nothing about the endpoint, is none.
type Answer struct {
	// Began is when the call began, in time of the run; Last when its last attempt did, 0
	// where there was one; Took how long that one lasted.
	Began, Last, Took time.Duration
	// Failed is true where the call failed, and Err why, in words, clean and one line.
	Failed bool
	Err    string
}

// Machine follows the state of one endpoint from answer to answer. Make one with
// NewMachine. It is not safe for concurrent use.
type Machine struct {
	limits Thresholds // resolved
	state  State

	failed row // the failed calls in a row, until an answer
	cause  string
	last   time.Duration // when the last attempt of the last of them began

	// The answers in a row that speak against the state: slow ones in Up, others in Slow.
	// A failed call is no answer and does not end such a row; an outage does.
	against row
	slowest time.Duration
}

// row is some calls one after the other.
type row struct {
	length int
	began  time.Duration // when the first of them did
}

func (r *row) add(at time.Duration) {
	if r.length == 0 {
		r.began = at
	}
	r.length++
}

// NewMachine returns the machine of an endpoint that was not asked yet.
func NewMachine(t Thresholds) *Machine { return &Machine{limits: t.Resolved()} }

// State is what the answers so far say.
func (m *Machine) State() State { return m.state }

// Failing is how many calls in a row have failed until now.
func (m *Machine) Failing() int { return m.failed.length }

// Observe takes the next answer. ok is true where it changes the state. The first answer
// after an outage, or of all, makes the endpoint up, however long it took.
func (m *Machine) Observe(a Answer) (c Change, ok bool) {
	if a.Failed {
		return m.observeFailure(a)
	}
	c = Change{To: Up, Since: a.Began, Calls: 1}
	switch m.state {
	case Unknown:
		c, ok = m.move(c), true
	case Down:
		c.PlusMinus = (max(a.Began, a.Last) - m.last) / 2
		c.Since, c.Began, c.Cause = m.last+c.PlusMinus, m.failed.began, m.cause
		c, ok = m.move(c), true
	}
	m.failed, m.cause = row{}, ""
	slow := a.Took > m.limits.Slow
	if slow == (m.state == Slow) {
		m.against, m.slowest = row{}, 0
		return c, ok
	}
	m.against.add(a.Began)
	m.slowest = max(m.slowest, a.Took)
	if ok || m.against.length < m.limits.SlowAnswers {
		return c, ok
	}
	c = Change{To: Up, Since: m.against.began, Calls: m.against.length}
	if slow {
		c.To, c.Slowest = Slow, m.slowest
	}
	return m.move(c), true
}

func (m *Machine) observeFailure(a Answer) (Change, bool) {
	if m.failed.length == 0 {
		m.cause = a.Err
	}
	m.failed.add(a.Began)
	m.last = max(a.Began, a.Last)
	if m.state == Down || m.failed.length < m.limits.OutageAfter {
		return Change{}, false
	}
	return m.move(Change{To: Down, Since: m.failed.began, Cause: m.cause, Calls: m.failed.length}), true
}

// move makes the change.
func (m *Machine) move(c Change) Change {
	c.From, m.state = m.state, c.To
	m.against, m.slowest = row{}, 0
	return c
}
