package viewstest

import (
	"strings"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
)

// The fixture is the pipeline scenario 47.4 s after its start: a crash was injected into S3
// from batch 77 to 90, and S4 is slowed from batch 84 on. The calls are written down as a
// drawing of their tracks, from which the figures are read, so that a test can compare what
// is drawn with that drawing.

const (
	// Now is the time of the moment, since the start of the run.
	Now = 47400 * time.Millisecond
	// Interval is the time from one batch to the next.
	Interval = 500 * time.Millisecond
	// ScaleTop is the latency at the top of the charts.
	ScaleTop = 400 * time.Millisecond
)

// Drawn is the tracks of a sensor as glyphs. older and olderCalls are the first 24 columns,
// with a chart that has one row; top, mid and low are the rows of the chart of the other 30.
type Drawn struct {
	older, olderCalls string
	top, mid, low     string
	calls, states     string
	faults            string
}

// eighthsOf is how many eighths of a cell a block fills. The blocks follow one another in
// Unicode in that order.
func eighthsOf(r rune) int {
	if r >= '▁' && r <= '█' {
		return int(r-'▁') + 1
	}
	return 0
}

// took is the duration that a column of the chart shows; its glyphs come from the bottom up.
func took(column ...rune) time.Duration {
	n := 0
	for _, r := range column {
		if r == '░' {
			n += 8
		}
		n += eighthsOf(r)
	}
	return ScaleTop * time.Duration(n) / time.Duration(8*len(column))
}

// MarkOf is the mark that a glyph stands for.
func MarkOf(r rune) event.Mark {
	switch r {
	case '●':
		return event.MarkLive
	case '+':
		return event.MarkRetried
	case '~':
		return event.MarkStale
	case '≈':
		return event.MarkInterpolated
	case '×':
		return event.MarkFastFail
	case '_':
		return event.MarkMissing
	default:
		return event.MarkNone
	}
}

func stateOf(r rune) breaker.State {
	switch r {
	case '╱':
		return breaker.Open
	case '?':
		return breaker.HalfOpen
	default:
		return breaker.Closed
	}
}

func (d Drawn) columns(lastBatch int) []stats.Column {
	var out []stats.Column
	older, olderCalls := []rune(d.older), []rune(d.olderCalls)
	for i, m := range olderCalls {
		out = append(out, stats.Column{Mark: MarkOf(m), Took: took(older[i])})
	}
	top, mid, low, calls, states := []rune(d.top), []rune(d.mid), []rune(d.low), []rune(d.calls), []rune(d.states)
	faults := []rune(d.faults)
	for i, m := range calls {
		out = append(out, stats.Column{
			Mark: MarkOf(m), Took: took(low[i], mid[i], top[i]),
			State: stateOf(states[i]), Probe: states[i] == '?', Fault: faults[i] == '!',
		})
	}
	for i := range out {
		out[i].At = time.Duration(lastBatch-len(out)+i) * Interval
	}
	return out
}

// Tracks are the drawings of the tracks of the five sensors.
func Tracks() []Drawn {
	blank := strings.Repeat(" ", 30)
	closed := strings.Repeat("─", 30)
	return []Drawn{
		{
			older: "▃▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▃▁▁▃▁", olderCalls: "+●●●●●●●●●●●●●●●●●●+●●+●",
			top: blank, mid: "  ▁            ▂              ", low: "▃▃█▃▃▄▄▃▃▃▄▄▃▄▃█▃▃▃▄▄▃▃▃▄▃▃▃▄▃",
			calls: "●●+●●●●●●●●●●●●+●●●●●●●●●●●●●●", states: closed, faults: blank,
		},
		{
			older: "▆▃▁▁▁▁▁▁▁▁▃░▁▇▁▁▃▁▁▁▁▆▃▁", olderCalls: "++●●●●●●●●+~●+●●+●●●●++●",
			top: " ▁         ▂ ▁    ▂  ▁      ▁ ", mid: " █   ▂░    █▁█    █  █ ▁░   █░", low: "▃█▃▃██░▃▃▃▄███▃▃▄██▃▃█▃█░█▃▃█░",
			calls: "●+●●++~●●●●+++●●●++●●+●+~+●●+~", states: closed, faults: blank,
		},
		{
			older: "·░······░······░······░·", olderCalls: "×~××××××~××××××~××××××~×",
			top: "                   ▁░      ░  ", mid: "     ░      ░      █░      ░  ", low: "·····░······░······█░······░··",
			calls: "×××××~××××××~××××××+~××××××~××", states: "╱╱╱╱╱?╱╱╱╱╱╱?╱╱╱╱╱╱??╱╱╱╱╱╱?╱╱", faults: blank,
		},
		{
			older: "▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁", olderCalls: "●●●●●●●●●●●●●●●●●●●●●●●●",
			top: blank, mid: blank, low: "▃▃▃▃▃▃▃▃▂▃▃░░░░░······░······▃",
			calls: "●●●●●●●●●●●~~~~~××××××~××××××●", states: "───────────────╱╱╱╱╱╱╱?╱╱╱╱╱╱?",
			faults: "           !!!!!!!!!!!!!!     ",
		},
		{
			older: "▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁", olderCalls: "●●●●●●●●●●●●●●●●●●●●●●●●",
			top: blank, mid: "                  ▄▄▄▄▄▄▄▃▄▃▃▄", low: "▃▂▂▃▃▃▃▄▂▃▄▃▄▃▂▄▃▄████████████",
			calls: strings.Repeat("●", 30), states: closed, faults: "                  !!!!!!!!!!!!",
		},
	}
}

// Sensors are the five sensors.
func Sensors() []event.Sensor {
	info := func(id, name, unit string, decimals int) event.Sensor {
		return event.Sensor{
			Info:     sensors.Info{ID: id, Name: name, Unit: unit, Decimals: decimals},
			Strategy: "last-known-good",
		}
	}
	return []event.Sensor{
		info("S0", "boiler", "°C", 2), info("S1", "intake", "kPa", 2), info("S2", "turbine", "mm/s", 2),
		info("S3", "coolant", "bar", 2), info("S4", "exhaust", "°C", 1),
	}
}

// MS is a duration of n milliseconds.
func MS(n int) time.Duration { return time.Duration(n) * time.Millisecond }

// Views are what the statistics say of the five sensors, without their tracks.
func Views() []stats.SensorView {
	views := []stats.SensorView{
		{
			Last: event.Live, Value: 21.28, SourceAt: MS(47060), LastAttempts: 1,
			Answers: 95, P50: MS(52), P95: MS(160), P99: MS(170), Max: MS(172),
			Counts: stats.Counts{Live: 95, Retries: 8},
		},
		{
			Last: event.Stale, Value: 47.51, SourceAt: MS(46770), LastAttempts: 3, LastErr: "bad frame",
			Answers: 86, P50: MS(57), P95: MS(304), P99: MS(320), Max: MS(325),
			Counts: stats.Counts{Live: 86, Stale: 9, Served: 9, Retries: 65},
		},
		{
			Last: event.FastFail, Value: 7.46, SourceAt: MS(42250), LastErr: "circuit open",
			Circuit:   breaker.Circuit{State: breaker.Open, Since: MS(46300), ProbeAt: MS(49300), OpenFor: MS(3000), Opens: 13},
			ChangedAt: MS(46300), OpenedAt: MS(46300), Answers: 2,
			LastOpening: &event.Change{From: breaker.HalfOpen, To: breaker.Open, Reason: breaker.ProbeFailed, Cause: "bad checksum", Count: 1},
			Counts:      stats.Counts{Live: 2, Stale: 17, FastFail: 74, Missing: 2, Served: 91, Retries: 41, Metrics: breaker.Metrics{ProbeSuccessCount: 1, ProbeFailCount: 12}},
		},
		{
			Last: event.Live, Value: 4.16, SourceAt: MS(47056), LastAttempts: 1,
			Circuit:   breaker.Circuit{State: breaker.HalfOpen, Good: 1, GoodToClose: 1, Since: MS(47000), Opens: 2},
			ChangedAt: MS(47000), OpenedAt: MS(40200),
			LastOpening: &event.Change{From: breaker.Closed, To: breaker.Open, Reason: breaker.TooManyFailures, Cause: "connection refused", Count: 5},
			Faults:      []stats.FaultSpan{{Label: "crash", From: MS(38000), To: MS(45000)}},
			Answers:     77, P50: MS(51), P95: MS(63), P99: MS(68), Max: MS(69),
			Counts: stats.Counts{Live: 77, Stale: 6, FastFail: 12, Served: 18, Retries: 12, Metrics: breaker.Metrics{ProbeSuccessCount: 1, ProbeFailCount: 1}},
		},
		{
			Last: event.Live, Value: 413.3, SourceAt: MS(47200), LastAttempts: 1,
			Circuit:   breaker.Circuit{Since: MS(6000), Opens: 1},
			ChangedAt: MS(6000), OpenedAt: MS(2500),
			LastChange: &event.Change{From: breaker.HalfOpen, To: breaker.Closed, Reason: breaker.ProbesSucceeded, Count: 2},
			Faults:     []stats.FaultSpan{{Label: "slow +150 ms", From: MS(41500), Until: MS(56400)}},
			Answers:    84, P50: MS(51), P95: MS(201), P99: MS(205), Max: MS(207),
			Counts: stats.Counts{Live: 84, Missing: 11, Retries: 10, Metrics: breaker.Metrics{ProbeSuccessCount: 2}},
		},
	}
	views[2].LastChange = views[2].LastOpening
	views[3].LastChange = &event.Change{From: breaker.Open, To: breaker.HalfOpen, Reason: breaker.ProbeDue}
	views[1].Circuit.Failures = 1
	return views
}

// Lines are the newest events.
func Lines() []sentence.Line {
	line := func(at, batch, sensor int, topic sentence.Topic, text string) sentence.Line {
		s := Sensors()[sensor]
		return sentence.Line{At: MS(at), Batch: batch, Sensor: sensor, ID: s.ID, Name: s.ID + " " + s.Name, Topic: topic, Text: text}
	}
	return []sentence.Line{
		line(45000, 91, 3, sentence.TopicFault, "you pressed r: crash ended after 7.0 s"),
		line(46000, 93, 2, sentence.TopicHalfOpen, "OPEN to HALF_OPEN: 3.0 s are over, one probe at a time"),
		line(46300, 93, 2, sentence.TopicOpen, "HALF_OPEN to OPEN for 3.0 s: probe failed (bad checksum, 3 attempts)"),
		line(47000, 95, 3, sentence.TopicHalfOpen, "OPEN to HALF_OPEN: 3.0 s are over, one probe at a time"),
		line(47100, 95, 3, sentence.TopicHalfOpen, "probe 1 of 2 good (56 ms); 1 more closes it"),
		line(47300, 95, 1, sentence.TopicStale, "attempts ran out after 3 (bad frame); served 47.51 kPa, 0.5 s old; 4 more trip it"),
	}
}

// Snapshot is all that the statistics say at that moment.
func Snapshot() stats.Snapshot {
	run := &event.Run{
		Scenario: "pipeline", Seed: 42, Interval: Interval, Virtual: true, Naive: true, Sensors: Sensors(),
	}
	s := stats.Snapshot{
		Run: run, Version: 1, At: MS(47300), Batch: 95, Speed: 1,
		Live: 3, Stale: 1, FastFail: 1, Faults: 1, Open: 1,
		ScaleTop: ScaleTop, Lines: Lines(), LinesTotal: 61, Injected: true,
		Sensors: Views(),
		Pipeline: stats.PipelineView{
			Batches: 95, Delivered: 84, NaiveDelivered: 1, With: make([]bool, 95), Naive: make([]bool, 95),
			Asked: 475, Readings: 462, NaiveReadings: 5,
			RetriedCalls: 82, SavedCalls: 43, FastFail: 92, Served: 118, FastFailServed: 86, OldestServed: MS(5100),
		},
	}
	for i := range s.Pipeline.With {
		s.Pipeline.With[i] = i > 10
	}
	s.Pipeline.Naive[20] = true
	tracks := Tracks()
	for i := range s.Sensors {
		v := &s.Sensors[i]
		v.Sensor, v.Index = run.Sensors[i], i
		v.HasValue, v.Calls = true, 95
		v.LastAt, v.LastTook = MS(47300), MS(56)
		v.Columns = tracks[i].columns(95)
	}
	return s
}

// Footer is what a footer shows: keys and their words.
func Footer() []draw.Hint {
	return []draw.Hint{
		{Key: "c", Word: "crash"},
		{Key: "s", Word: "slow"},
		{Key: "e", Word: "errors"},
		{Key: "r", Word: "recover"},
		{Key: "*", Word: "all"},
		{Key: "o", Word: "force open"},
		{Key: "space", Word: "pause"},
		{Key: "n", Word: "next"},
		{Key: "?", Word: "keys"},
		{Key: "q", Word: "quit"},
	}
}
