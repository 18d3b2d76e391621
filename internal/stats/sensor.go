package stats

import (
	"cmp"
	"slices"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/stats/counterfactual"
	"resiltui/internal/stats/ring"
	"resiltui/internal/stats/verdict"
)

// sensor is what was counted of one sensor.
type sensor struct {
	shared bool // by aggregators of which one is a clone: see own

	last     event.Result
	lastErr  string
	hasValue bool
	value    float64
	quality  fallback.Quality
	sourceAt time.Duration
	lastAt   time.Duration
	lastTook time.Duration
	attempts int
	// heldUntil is that of the last call.
	heldUntil time.Duration

	circuit     breaker.Circuit
	changedAt   time.Duration
	lastChange  *event.Change
	openedAt    time.Duration
	lastOpening *event.Change
	failedAt    time.Duration

	states  stateClock
	tripAt  time.Duration
	trip    *event.Change
	avoided Avoided
	maximum int          // attempts a call
	tuned   *event.Tuned // nil while the policy is the run's own
	changes ring.Of[ChangeView]

	// How many columns and recent calls are kept.
	maxColumns, maxRecent int

	load           load
	columns        ring.Of[Column]
	slots          slots     // of runs with real endpoints
	endpoint       *endpoint // nil where it is simulated
	recent         ring.Of[Call]
	waits          waits
	counterfactual *counterfactual.Counter // nil where not asked for
	spans          []FaultSpan
	active         []fault.Fault    // replaced as a whole, because views share it
	episode        *verdict.Episode // nil where none is in progress
	outage         *verdict.Episode // of a real endpoint; nil as long as nothing failed
	latency        histogram
	counts         Counts
}

// start sets the initial state from what the run says of the sensor.
func (s *sensor) start(run *event.Run, index int, at time.Duration, opts options) {
	info, many := &run.Sensors[index], len(run.Sensors)
	s.circuit, s.maximum = info.Initial, info.Policy.Resolved().Retry.MaxAttempts
	s.states = stateClock{state: info.Initial.State, since: at}
	if !opts.trackless {
		s.maxColumns, s.maxRecent = Columns(many), Recent(many)
	}
	if opts.counterfactuals {
		s.counterfactual = counterfactual.New(info.Policy.MaxAge, Columns(many))
	}
}

// tune takes a policy that is in force from now on.
func (s *sensor) tune(t *event.Tuned) {
	s.tuned, s.maximum = t, t.Policy.Resolved().Retry.MaxAttempts
	s.counterfactual.Limit(t.Policy.MaxAge)
}

// differs is true where the policy is not the one that the run began with.
func (s *sensor) differs() bool { return s.tuned != nil && s.tuned.Differs }

// inForce is the sensor as the run describes it, with the settings in force.
func (s *sensor) inForce(info event.Sensor) event.Sensor {
	if s.tuned == nil {
		return info
	}
	info.Policy = s.tuned.Policy
	info.Strategy = info.Policy.Resolved().Strategy
	return info
}

func (s *sensor) call(e *event.Event) {
	c := &e.Call
	if s.slots.kept() {
		s.slots.call(c, s.circuit.State)
	}
	if p := s.endpoint; p != nil {
		p.before = s.circuit.State
		p.call(e)
	}
	s.last, s.lastErr = c.Result, c.Err
	s.hasValue, s.value, s.quality, s.sourceAt = c.Served, c.Value, c.Quality, c.SourceAt
	s.lastAt, s.lastTook, s.attempts, s.heldUntil = e.At, c.Took, c.Attempts, c.HeldUntil
	s.circuit = c.Circuit
	s.load.call(e.Batch, c.InFlight)
	s.track(e)
	if c.Result == event.Live {
		s.latency.add(c.Took)
	}
	if c.Admitted && c.Outcome == breaker.Failure {
		s.failedAt = e.At
	}
	s.counts.call(c, e.At)
	s.waits.call(c)
	s.counterfactual.Call(c, e.At)
	if !c.Admitted && !c.Held {
		s.avoided.Calls++
		s.avoided.Attempts += uint64(s.maximum)
	}
}

// track keeps the call for the score and the detail page.
func (s *sensor) track(e *event.Event) {
	if s.maxColumns == 0 {
		return
	}
	c := &e.Call
	mark := event.MarkOf(c)
	column := s.columns.Next(s.maxColumns)
	column.At, column.Took, column.Mark = c.Start, c.Took, mark
	column.State, column.Probe, column.Fault = c.Circuit.State, c.Probe, c.Faulted
	s.recent.Next(s.maxRecent).set(e, mark)
}

func (s *sensor) change(e *event.Event) {
	c := e.Change
	s.circuit = c.Circuit
	s.changedAt, s.lastChange = e.At, c
	s.changes.Push(ChangeView{At: e.At, Batch: e.Batch, Change: c}, MaxChanges)
	s.states.change(c.To, e.At)
	// What counts as an opening is the breaker's rule.
	if (breaker.Transition{From: c.From, To: c.To}).Opens() {
		s.openedAt, s.lastOpening = e.At, c
		s.counts.Metrics.CircuitOpenCount++
		if c.From == breaker.Closed || c.From == breaker.Disabled {
			// A failed probe opens it again; it trips only once.
			s.tripAt, s.trip, s.avoided = e.At, c, Avoided{}
			s.endpoint.opened(e.At)
		}
	}
}

func (s *sensor) faultBegan(e *event.Event) {
	s.active = append(slices.Clip(s.active), e.Fault.Fault)
	s.spans = append(s.spans, FaultSpan{Label: e.Fault.Label, From: e.At, Until: e.Fault.Until})
	if len(s.spans) > maxSpans {
		// The oldest that has ended goes; one that is active must still be shown,
		// and there are no more of these than kinds of faults.
		if i := slices.IndexFunc(s.spans, func(f FaultSpan) bool { return !f.Active() }); i >= 0 {
			s.spans = slices.Delete(s.spans, i, i+1)
		}
	}
}

// faultEnded is true where the fault was known and active.
func (s *sensor) faultEnded(e *event.Event) bool {
	s.active = slices.DeleteFunc(slices.Clone(s.active), func(f fault.Fault) bool { return f.Kind == e.Fault.Kind })
	for i := range s.spans {
		if f := &s.spans[i]; f.Active() && f.Label == e.Fault.Label {
			// The event may come later than the end of the fault. To is never 0,
			// which would mean active.
			f.To = f.From + max(e.Fault.Lasted, 1)
			return true
		}
	}
	return false
}

// view is what is known of the sensor at a time.
func (s *sensor) view(run *event.Run, index int, q *Query, at time.Duration) SensorView {
	v := SensorView{
		Sensor: s.inForce(run.Sensors[index]), Index: index, Differs: s.differs(),
		Calls: s.counts.Calls(), Last: s.last, LastErr: s.lastErr,
		HasValue: s.hasValue, Value: s.value, Quality: s.quality, SourceAt: s.sourceAt,
		LastAt: s.lastAt, LastTook: s.lastTook, LastAttempts: s.attempts, HeldUntil: s.heldUntil,
		Circuit: s.circuit, ChangedAt: s.changedAt, LastChange: s.lastChange,
		OpenedAt: s.openedAt, LastOpening: s.lastOpening,
		FailedAt: s.failedAt, HasFailed: s.counts.Metrics.FailureCalls > 0,
		TrippedAt: s.tripAt, Tripping: s.trip, Avoided: s.avoided, States: s.states.at(at),
		Active:  s.active,
		Answers: s.latency.count, Max: s.latency.max, Health: s.endpoint.view(s, cmp.Or(q.Until, at)),
		Counts: s.counts,
	}
	if v.Answers > 0 {
		v.P50, v.P95, v.P99 = s.latency.percentile(50), s.latency.percentile(95), s.latency.percentile(99)
	}
	s.score(&v, q, at)
	if q.Detail {
		s.detail(&v)
	}
	if q.Retries {
		v.Retries = s.waits.view()
	}
	for _, f := range s.spans {
		if f.Active() || (len(v.Columns) > 0 && f.To >= v.Columns[0].At) {
			v.Faults = append(v.Faults, f)
		}
	}
	return v
}

// score copies the columns of the score: calls, or slots of time.
func (s *sensor) score(v *SensorView, q *Query, at time.Duration) {
	if q.Slot == 0 || !s.slots.kept() {
		v.Columns = s.columns.Last(q.Columns)
		return
	}
	v.Columns = s.slots.columns(q.Columns, q.Slot, cmp.Or(q.Until, at))
	if q.Values {
		v.Values = s.slots.values(len(v.Columns), q.Slot, cmp.Or(q.Until, at))
	}
}

// call counts one call. at is when it ended.
func (c *Counts) call(call *event.Call, at time.Duration) {
	switch call.Result {
	case event.Live:
		c.Live++
	case event.Stale:
		c.Stale++
	case event.Interpolated:
		c.Interpolated++
	case event.FastFail:
		c.FastFail++
		if call.Held {
			c.Held++
			if call.Served {
				c.HeldServed++
			}
		}
	default:
		c.Missing++
	}
	c.Attempts += uint64(call.Attempts)
	c.Waited += call.Waited
	if call.Attempts > 1 {
		c.Retries += uint64(call.Attempts - 1)
		c.RetriedCalls++
		if call.Result == event.Live {
			c.SavedCalls++
		}
	}
	if event.Substituted(call) {
		c.Served++
		c.OldestServed = max(c.OldestServed, at-call.SourceAt)
		if call.HasTruth {
			c.OffBy += event.OffBy(call.Value, call.Truth)
			c.Judged++
		}
	}
	countMetrics(&c.Metrics, call)
}

// countMetrics counts a call as a circuit breaker does (breaker.Metrics).
func countMetrics(m *breaker.Metrics, call *event.Call) {
	if call.Held {
		return // it was never told
	}
	m.TotalCalls++
	if !call.Admitted {
		m.FastFailCount++
		return
	}
	switch call.Outcome {
	case breaker.Success:
		m.SuccessCalls++
		if call.Probe {
			m.ProbeSuccessCount++
		}
	case breaker.Failure:
		m.FailureCalls++
		if call.Probe {
			m.ProbeFailCount++
		}
	default:
		m.IgnoredCalls++
	}
}
