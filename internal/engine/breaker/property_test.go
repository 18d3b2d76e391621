package breaker

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// model is the breaker once more, written as plainly as can be: one caller, no
// generations of objects, every call kept for ever and looked through each time.
type model struct {
	s     Settings
	now   time.Duration
	state State
	gen   uint64
	since time.Duration
	delay time.Duration
	fails int
	good  int
	opens uint64
	calls []*modelCall
	// refused calls have no modelCall
	refusals            uint64
	probeGood, probeBad uint64
}

type modelCall struct {
	gen     uint64
	probe   bool
	began   time.Duration
	ended   bool
	outcome Outcome
	lost    bool // timed out: a failure that its release does not change
}

func (m *model) enter(s State, delay time.Duration, opening bool) {
	m.state, m.since, m.delay, m.fails, m.good = s, m.now, delay, 0, 0
	m.gen++
	if opening {
		m.opens++
	}
}

// running returns the probes in flight of the present half-open phase.
func (m *model) running() []*modelCall {
	var list []*modelCall
	for _, c := range m.calls {
		if c.probe && c.gen == m.gen && !c.ended {
			list = append(list, c)
		}
	}
	return list
}

func (m *model) expire() {
	late := false
	if m.s.ProbeTimeout > 0 && m.state == HalfOpen {
		for _, c := range m.running() {
			if m.now-c.began > m.s.ProbeTimeout {
				c.ended, c.lost, c.outcome = true, true, Failure
				m.probeBad++
				late = true
			}
		}
	}
	if late {
		m.enter(Open, m.s.OpenFor, true)
	}
}

func (m *model) acquire() *modelCall {
	m.expire()
	if m.state == Open && m.now >= m.since+m.delay {
		m.enter(HalfOpen, 0, false)
	}
	c := &modelCall{gen: m.gen, began: m.now}
	switch m.state {
	case HalfOpen:
		n := len(m.running())
		c.probe = true
		if n >= m.s.MaxProbes || m.good+n >= m.s.SuccessesToClose {
			c = nil
		}
	case Open, ForcedOpen:
		c = nil
	}
	if c == nil {
		m.refusals++
		return nil
	}
	m.calls = append(m.calls, c)
	return c
}

func (m *model) release(c *modelCall, o Outcome) {
	if !c.ended && c.probe && c.gen == m.gen {
		m.expire()
	}
	if c.ended {
		return
	}
	c.ended, c.outcome = true, o
	if c.gen != m.gen || o == Neutral {
		return
	}
	switch {
	case m.state == Closed && o == Success:
		m.fails = 0
	case m.state == Closed:
		if m.fails++; m.fails == m.s.FailureThreshold {
			m.enter(Open, m.s.OpenFor, true)
		}
	case m.state == HalfOpen && o == Success:
		m.probeGood++
		if m.good++; m.good == m.s.SuccessesToClose {
			m.enter(Closed, 0, false)
		}
	case m.state == HalfOpen:
		m.probeBad++
		m.enter(Open, m.s.OpenFor, true)
	}
}

func (m *model) metrics() Metrics {
	w := Metrics{
		TotalCalls: m.refusals + uint64(len(m.calls)), FastFailCount: m.refusals,
		CircuitOpenCount: m.opens, ProbeSuccessCount: m.probeGood, ProbeFailCount: m.probeBad,
	}
	for _, c := range m.calls {
		switch {
		case !c.ended:
			w.InFlight++
		case c.outcome == Success:
			w.SuccessCalls++
		case c.outcome == Failure:
			w.FailureCalls++
		default:
			w.IgnoredCalls++
		}
	}
	return w
}

// TestBugD1RandomInterleavingsAgreeWithTheModel runs callers, late and repeated
// releases, waits and operators against each other, in random order.
func TestBugD1RandomInterleavingsAgreeWithTheModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Settings{
			FailureThreshold: rapid.IntRange(1, 4).Draw(t, "threshold"),
			OpenFor:          4,
			SuccessesToClose: rapid.IntRange(1, 4).Draw(t, "N"),
			MaxProbes:        rapid.IntRange(1, 4).Draw(t, "P"),
			ProbeTimeout:     time.Duration(rapid.IntRange(0, 6).Draw(t, "probe timeout")),
		}
		run := &propertyRun{m: model{s: s}}
		s.Now = func() time.Duration { return run.m.now }
		s.OnTransition = func(tr Transition) { run.seen = append(run.seen, tr) }
		b, err := New(s)
		if err != nil {
			t.Fatal(err)
		}
		run.b = b
		t.Repeat(map[string]func(*rapid.T){
			"acquire":  run.acquire,
			"acquire2": run.acquire, // twice, so that calls pile up
			"release":  run.release,
			"release2": run.release,
			"wait":     func(t *rapid.T) { run.m.now += time.Duration(rapid.IntRange(1, 5).Draw(t, "wait")) },
			"operate":  run.operate,
			"":         run.check,
		})
	})
}

type propertyRun struct {
	b       *Breaker
	m       model
	permits []*Permit
	calls   []*modelCall
	seen    []Transition
}

func (r *propertyRun) acquire(t *rapid.T) {
	p, err := r.b.Acquire()
	c := r.m.acquire()
	if (err == nil) != (c != nil) {
		t.Fatalf("let through: %v, in the model: %v", err == nil, c != nil)
	}
	if c == nil {
		return
	}
	if p.Probe() != c.probe {
		t.Fatalf("a probe: %v, in the model: %v", p.Probe(), c.probe)
	}
	r.permits, r.calls = append(r.permits, &p), append(r.calls, c)
}

func (r *propertyRun) release(t *rapid.T) {
	if len(r.permits) == 0 {
		t.Skip("no permit yet")
	}
	i := rapid.IntRange(0, len(r.permits)-1).Draw(t, "permit")
	o := rapid.SampledFrom([]Outcome{Success, Failure, Failure, Neutral}).Draw(t, "outcome")
	r.permits[i].Release(o, errDown)
	r.m.release(r.calls[i], o)
	if rapid.Bool().Draw(t, "forget") { // else it may be released again
		r.permits, r.calls = slices.Delete(r.permits, i, i+1), slices.Delete(r.calls, i, i+1)
	}
}

func (r *propertyRun) operate(t *rapid.T) {
	// Rare, or else nothing would ever come of calls.
	if rapid.IntRange(0, 9).Draw(t, "rare") != 9 {
		t.Skip()
	}
	m := &r.m
	switch rapid.IntRange(0, 4).Draw(t, "action") {
	case 0:
		r.b.ForceOpen()
		if m.state != ForcedOpen {
			m.enter(ForcedOpen, 0, true)
		}
	case 1:
		r.b.ReleaseForced()
		if m.state == ForcedOpen {
			m.enter(Open, 0, false)
		}
	case 2:
		r.b.Disable()
		if m.state != Disabled {
			m.enter(Disabled, 0, false)
		}
	case 3:
		r.b.Enable()
		if m.state == Disabled {
			m.enter(Closed, 0, false)
		}
	case 4:
		r.b.Reset()
		m.enter(Closed, 0, false)
	}
}

func (r *propertyRun) check(t *rapid.T) {
	s, m := r.b.Snapshot(), &r.m
	inFlight := 0
	if m.state == HalfOpen {
		inFlight = len(m.running())
	}
	if s.State != m.state || s.Generation != m.gen || s.Since != m.since ||
		s.Failures != m.fails || s.Good != m.good || s.ProbesInFlight != inFlight {
		t.Fatalf("\n got %+v\nwant state %v gen %d since %v fails %d good %d probes %d",
			s, m.state, m.gen, m.since, m.fails, m.good, inFlight)
	}
	if want := m.state == Open && m.now >= m.since+m.delay; s.ProbeDue != want {
		t.Fatalf("ProbeDue is %v, want %v", s.ProbeDue, want)
	}
	if s.ProbesInFlight > s.MaxProbes || s.Good+s.ProbesInFlight > s.SuccessesToClose {
		t.Fatalf("too many probes: %+v", s)
	}
	got := s.Metrics
	if want := m.metrics(); got != want {
		t.Fatalf("metrics\n got %+v\nwant %+v", got, want)
	}
	if got.TotalCalls != got.SuccessCalls+got.FailureCalls+got.FastFailCount+got.IgnoredCalls+got.InFlight {
		t.Fatalf("the metrics do not add up: %+v", got)
	}
	if uint64(len(r.seen)) != s.Generation {
		t.Fatalf("%d transitions were told, %d happened", len(r.seen), s.Generation)
	}
	checkChain(t, r.seen)
}
