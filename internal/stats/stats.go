// Package stats counts the events of a run for screens and reports: counts,
// rates, percentiles, breaker timelines, and the tracks of each sensor.
//
// It is the only package that counts. It reads no clock and draws nothing: equal events
// give equal figures. An [Aggregator] observes events where they are published, so it sees every
// event, also those that a slow screen misses.
package stats

import (
	"cmp"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/stats/ring"
	"resiltui/internal/stats/verdict"
)

// Limits of what is kept, so that memory does not grow with the length of a
// run.
const (
	// MaxColumns is how many calls of a sensor's score are kept, fewer where
	// there are many sensors (Columns); no terminal is wider.
	MaxColumns = 512
	// MaxBatches is how many batches of the pipeline's marks are kept.
	MaxBatches = 512
	// MaxLines is how many notable events are kept.
	MaxLines = 512
	// maxSpans is how many injected faults of a sensor are kept for its score.
	maxSpans = 32
)

// Aggregator is what was counted of one run. It is not safe for concurrent use by
// itself: the hub that passes it the events guards it (event.Hub.Read).
type Aggregator struct {
	opts    options
	run     *event.Run
	version uint64
	at      time.Duration
	batch   int
	over    int // the newest batch that has ended
	paused  bool
	speed   float64
	ended   bool
	endText string

	results  [event.Missing + 1]int // sensors by the result of their last call
	open     int
	faults   int
	injected bool
	// differing is how many sensors have other settings than at the start of
	// the run.
	differing int

	sensors  []*sensor // see own
	pipeline pipeline
	scale    scale
	lines    ring.Of[entry]
	verdicts ring.Of[verdict.Verdict]
	lineN    int
}

// New returns an empty aggregator.
func New(opts ...Option) *Aggregator {
	t := &Aggregator{speed: 1}
	for _, o := range opts {
		o(&t.opts)
	}
	return t
}

// Empty is an aggregator without a run. It has the options of this one, and what one run
// leaves to the next: the version and the pace.
func (t *Aggregator) Empty() *Aggregator {
	return &Aggregator{opts: t.opts, version: t.version, paused: t.paused, speed: t.speed}
}

// Run is the run that is counted, nil before its start.
func (t *Aggregator) Run() *event.Run { return t.run }

// At is the time of the last event.
func (t *Aggregator) At() time.Duration { return t.at }

// Injected is true once any fault was injected in this run.
func (t *Aggregator) Injected() bool { return t.injected }

// Observe takes one event in. Events come in order.
func (t *Aggregator) Observe(e *event.Event) {
	if e.Kind == event.RunStarted {
		t.start(e)
	}
	t.version++
	t.at = e.At
	if e.Batch > t.batch {
		t.batch = e.Batch
	}
	var s *sensor
	if e.Sensor >= 0 && e.Sensor < len(t.sensors) {
		s = t.own(e.Sensor)
		t.observeSensor(s, e)
	}
	switch e.Kind {
	case event.BatchEnded:
		t.over = e.Batch
		t.pipeline.batch(&e.Round, t.run)
	case event.RunEnded:
		t.ended, t.endText = true, e.Taken.Text
	}
	if c := e.Taken; c != nil && e.Kind != event.RunEnded {
		t.paused, t.speed = c.Paused, c.Speed
	}
	if event.Notable(e, t.run) {
		t.addLine(e)
	}
	if s != nil && (s.episode != nil || e.Kind == event.FaultBegan) {
		t.judge(s, e)
	}
	if s != nil && s.endpoint != nil {
		t.judgeOutage(s, e)
	}
}

// start drops what was counted of the last run.
func (t *Aggregator) start(e *event.Event) {
	*t = *t.Empty() // the pace stays unless the event says
	t.run, t.sensors = e.Run, make([]*sensor, len(e.Run.Sensors))
	slotted := e.Run.Real() && !t.opts.trackless
	for i := range t.sensors {
		s := &sensor{}
		s.start(e.Run, i, e.At, t.opts)
		if slotted {
			s.slots = newSlots(e.Run)
		}
		if e.Run.Sensors[i].Real {
			s.endpoint = newEndpoint(e.Run, i)
		}
		if isOpen(s.circuit.State) {
			t.open++
		}
		t.sensors[i] = s
	}
}

func (t *Aggregator) observeSensor(s *sensor, e *event.Event) {
	// A call holds the circuit too, and with several callers it may come before
	// the transition.
	wasOpen := isOpen(s.circuit.State)
	switch e.Kind {
	case event.CallEnded:
		if s.last != 0 {
			t.results[s.last]--
		}
		s.call(e)
		t.results[s.last]++
		t.pipeline.call(&e.Call, e.At)
		t.scale.call(e.At, e.Call.Took)
	case event.StateChanged:
		s.change(e)
	case event.HealthChanged:
		s.endpoint.change(e)
	case event.PolicyChanged:
		if s.differs() {
			t.differing--
		}
		s.tune(e.Tuned)
		if s.differs() {
			t.differing++
		}
	case event.FaultBegan:
		t.faults++
		t.injected = true
		s.faultBegan(e)
	case event.FaultEnded:
		if s.faultEnded(e) {
			t.faults--
		}
	}
	switch nowOpen := isOpen(s.circuit.State); {
	case nowOpen && !wasOpen:
		t.open++
	case wasOpen && !nowOpen:
		t.open--
	}
}

func isOpen(s breaker.State) bool { return s == breaker.Open || s == breaker.ForcedOpen }

// Snapshot copies what q asks for. The caller must make sure that nothing is
// counted meanwhile (event.Hub.Read).
func (t *Aggregator) Snapshot(q Query) Snapshot {
	out := Snapshot{
		Run: t.run, Version: t.version, At: t.at, Batch: t.batch,
		Paused: t.paused, Speed: t.speed, Ended: t.ended, EndText: t.endText,
		Live:     t.results[event.Live],
		Stale:    t.results[event.Stale] + t.results[event.Interpolated],
		FastFail: t.results[event.FastFail], Missing: t.results[event.Missing],
		Faults: t.faults, Open: t.open, Injected: t.injected, Differs: t.differing > 0,
		Pipeline: t.pipeline.view(q.Batches), ScaleTop: t.scale.top(),
		LinesTotal: t.lineN,
	}
	if t.run == nil {
		return out
	}
	out.Endpoints = t.endpoints(cmp.Or(q.Until, t.at))
	indexes := t.asked(q.Sensors)
	for _, i := range indexes {
		v := t.sensors[i].view(t.run, i, &q, t.at)
		v.InFlight = t.sensors[i].load.last(t.over)
		out.Sensors = append(out.Sensors, v)
	}
	if q.Retries {
		out.Retries = t.retries()
	}
	if q.Strategies {
		out.Strategies = t.strategies(indexes, q.Columns)
	}
	out.Verdicts = t.verdicts.Last(q.Verdicts)
	for _, e := range t.lines.Last(q.Lines) {
		out.Lines = append(out.Lines, t.line(&e))
	}
	return out
}

// asked returns the sensors of a query that exist; nil asks for all.
func (t *Aggregator) asked(sensors []int) []int {
	out := make([]int, 0, len(t.sensors))
	if sensors == nil {
		for i := range t.sensors {
			out = append(out, i)
		}
	}
	for _, i := range sensors {
		if i >= 0 && i < len(t.sensors) {
			out = append(out, i)
		}
	}
	return out
}

// retries adds up what the retries of all sensors did.
func (t *Aggregator) retries() RetryView {
	var all waits
	for i := range t.sensors {
		all.add(&t.sensors[i].waits)
	}
	return all.view()
}
