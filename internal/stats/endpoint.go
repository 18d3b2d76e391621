package stats

import (
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/stats/ring"
)

// Limits of what is kept of a real endpoint: the window of its figures in minutes, and in
// stretches of five minutes for the latencies, which take more memory.
const (
	windowMinutes = int64(HealthWindow / time.Minute)
	stretch       = 5 * time.Minute
	stretches     = int64(HealthWindow / stretch)
	// maxBegins is how many begins of outages are kept to tell flapping.
	maxBegins = 256
)

// endpoint counts what a real endpoint did when it was asked.
type endpoint struct {
	index      int
	beside     bool
	thresholds health.Thresholds

	state     health.State
	since     time.Duration
	was       health.State
	changedAt time.Duration // when the event came that led from was to state
	cause     string
	failed    int           // calls in a row
	before    breaker.State // before the last call
	asked     bool
	firstAt   time.Duration // when it was asked for the first time

	last   Outage                 // Ended is 0 where there was none
	newest ring.Of[time.Duration] // how long the last answers took
	begins ring.Of[time.Duration] // of outages

	whole minute // since the start
	// That of the run's minute n is at n modulo their number, nil as long as nothing was
	// counted in it; the latencies in the same manner. They are shared with copies until they
	// are written to: owned has a bit for each that no copy has.
	minutes        [windowMinutes]*minute
	ownedMinutes   uint64
	latencies      [stretches]*latencies
	ownedLatencies uint16
}

// minute is what was counted in one minute of the run. Its 88 bytes times sixty are kept of
// each endpoint.
type minute struct {
	n int64
	counted
	// value is the first that was read, at valueAt.
	hasValue bool
	value    float64
	valueAt  time.Duration
}

// counted are the figures of Availability that can be added up; down is the time in outages
// that are over.
type counted struct {
	asked, answered, missed          uint32
	outages, alone                   uint32
	opens, probes                    uint32
	refused, refusedGood, refusedBad uint32
	down, plusMinus                  time.Duration
}

func (c *counted) add(o *counted) {
	c.asked += o.asked
	c.answered += o.answered
	c.missed += o.missed
	c.outages += o.outages
	c.alone += o.alone
	c.opens += o.opens
	c.probes += o.probes
	c.refused += o.refused
	c.refusedGood += o.refusedGood
	c.refusedBad += o.refusedBad
	c.down += o.down
	c.plusMinus += o.plusMinus
}

// latencies are those of the answers in one stretch of the run.
type latencies struct {
	n int64
	histogram
}

func newEndpoint(run *event.Run, index int) *endpoint {
	return &endpoint{index: index, beside: run.Beside, thresholds: run.Thresholds.Resolved()}
}

// clone copies the endpoint, so that counting in the copy does not change this one, in
// which nothing must be counted any more.
func (p *endpoint) clone() *endpoint {
	if p == nil {
		return nil
	}
	out := *p
	out.begins, out.newest = p.begins.Clone(), p.newest.Clone()
	out.ownedMinutes, out.ownedLatencies = 0, 0
	return &out
}

// in calls count with what is counted of the minute of a time and of the whole run. A
// minute that is older than the window is gone.
func (p *endpoint) in(at time.Duration, count func(*minute)) {
	count(&p.whole)
	if m := p.minute(int64(at / time.Minute)); m != nil {
		count(m)
	}
}

// minute is what is counted of minute n of the run, nil where that is not kept any more.
func (p *endpoint) minute(n int64) *minute {
	i := n % windowMinutes
	m, own := p.minutes[i], p.ownedMinutes&(1<<i) != 0
	switch {
	case m == nil || m.n < n:
		m = &minute{n: n}
	case m.n > n:
		return nil
	case !own:
		m = new(*m)
	}
	p.minutes[i], p.ownedMinutes = m, p.ownedMinutes|1<<i
	return m
}

// call counts a call that has ended.
func (p *endpoint) call(e *event.Event) {
	c := &e.Call
	asked, answered := event.Asked(c), c.Result == event.Live
	alone := 0
	switch {
	case asked && answered:
		if p.state != health.Down {
			alone = p.failed
		}
		p.failed = 0
		took := event.LastTook(c)
		p.latency(e.At).add(took)
		p.newest.Push(took, SureAnswers)
	case asked:
		p.failed++
	}
	if asked && !p.asked {
		p.asked, p.firstAt = true, c.Start
	}
	p.in(e.At, func(m *minute) {
		m.missed += uint32(c.Missed)
		m.alone += uint32(alone)
		m.probes += one(c.Probe)
		m.asked += one(asked)
		m.answered += one(asked && answered)
		if !c.Admitted && !c.Held {
			m.refused++
			m.refusedGood += one(asked && answered)
			m.refusedBad += one(asked && !answered)
		}
		if answered && !m.hasValue {
			m.hasValue, m.value, m.valueAt = true, c.Value, e.At
		}
	})
}

func one(yes bool) uint32 { return uint32(oneIf(yes)) }

// latency is the histogram for a time.
func (p *endpoint) latency(at time.Duration) *histogram {
	n := int64(at / stretch)
	i := n % stretches
	l, own := p.latencies[i], p.ownedLatencies&(1<<i) != 0
	switch {
	case l == nil || l.n < n:
		l = &latencies{n: n}
	case !own:
		l = &latencies{n: l.n, histogram: l.Clone()}
	}
	p.latencies[i], p.ownedLatencies = l, p.ownedLatencies|1<<i
	return &l.histogram
}

// opened counts an opening of the circuit.
func (p *endpoint) opened(at time.Duration) {
	if p != nil {
		p.in(at, func(m *minute) { m.opens++ })
	}
}

// change takes in that the endpoint is up, slow or down.
func (p *endpoint) change(e *event.Event) {
	if p == nil {
		return
	}
	c := e.Health
	p.was, p.state, p.since, p.changedAt, p.cause = c.From, c.To, c.Since, e.At, ""
	if c.To == health.Down {
		p.cause = c.Cause
		p.begins.Push(c.Since, maxBegins)
	}
	if c.From == health.Down {
		p.last = Outage{Index: p.index, Began: c.Began, Ended: c.Since, PlusMinus: c.PlusMinus, Cause: c.Cause}
		p.over(&p.last)
	}
}

// settleTime is how long an endpoint that is up again stays among those that are looked at, so
// that one that comes and goes does not jump in a list.
const settleTime = time.Minute

// settling is true where it is up again, but not for long.
func (p *endpoint) settling(now time.Duration) bool {
	return p.state == health.Up && p.was != health.Unknown && now-p.changedAt < settleTime
}

// over counts an outage that is over, its time in every minute that it was in.
func (p *endpoint) over(o *Outage) {
	p.whole.down += o.Lasted()
	last := int64(o.Ended / time.Minute)
	for n := max(last-windowMinutes+1, int64(o.Began/time.Minute)); n <= last; n++ {
		from := time.Duration(n) * time.Minute
		if m := p.minute(n); m != nil {
			m.down += min(o.Ended, from+time.Minute) - max(o.Began, from)
		}
	}
	p.in(o.Ended, func(m *minute) {
		m.outages++
		m.plusMinus += o.PlusMinus
	})
}
