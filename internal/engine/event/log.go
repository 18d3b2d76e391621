package event

import (
	"bufio"
	"encoding/json"
	"time"
)

// The format of the log; docs/events.schema.json describes it. Keys may be added to a
// version; what a key means changes only with the version.
const (
	LogFormat  = "resiltui-events"
	LogVersion = 1
)

// Log writes events as lines of JSON: a header, and then one event a line. The lines
// alone describe the whole run: every figure that is shown of it can be recomputed from
// them. Of a simulated run they hold only the run's own time, and a pace only where
// somebody changed it, so that equal runs give equal bytes. The zero value is ready. It
// is not safe for concurrent use.
type Log struct {
	// Program names the writing program in the header: "resiltui 1.2.0"; empty is
	// "resiltui".
	Program string

	run *Run
	// attempts are how many a call of each sensor may make.
	attempts []int
	// at and batch are of the newest line.
	at    time.Duration
	batch int
	// paused and speed are the pace that was written last.
	paused bool
	speed  float64
}

// Append appends the line of e to dst, and before the first run the header. Events must
// come in order: the ids of the sensors are those of the latest RunStarted.
func (l *Log) Append(dst []byte, e *Event) []byte {
	if e.Run != nil {
		first := l.run == nil
		l.run = e.Run
		l.attempts = make([]int, len(e.Run.Sensors))
		for i := range l.attempts {
			l.attempts[i] = e.Run.Sensors[i].Policy.Resolved().Retry.MaxAttempts
		}
		if first {
			dst = l.appendLine(dst, e, headerOf(e.Run, l.Program))
		}
		if e.Taken != nil {
			l.paused, l.speed = e.Taken.Paused, e.Taken.Speed
		}
	}
	if e.Kind == PolicyChanged && e.Sensor >= 0 && e.Sensor < len(l.attempts) {
		l.attempts[e.Sensor] = e.Tuned.Policy.Resolved().Retry.MaxAttempts
	}
	l.at, l.batch = e.At, e.Batch
	return l.appendLine(dst, e, l.line(e))
}

// appendGap appends a line that says how many events are not in the log.
func (l *Log) appendGap(dst []byte, lost uint64) []byte {
	return l.appendLine(dst, &Event{}, logLine{At: l.at, Date: l.date(l.at), Batch: l.batch, Kind: "gap", Lost: lost})
}

// appendLine appends what, which is what is written of e, as one line of JSON.
func (l *Log) appendLine(dst []byte, e *Event, what any) []byte {
	line, err := json.Marshal(what)
	if err != nil {
		// Only a fault parameter that is NaN or infinite can cause this. The line says
		// so instead of being lost.
		line, _ = json.Marshal(unwritable{e.Seq, e.At, e.Kind.String(), err.Error()})
	}
	return append(append(dst, line...), '\n')
}

// unwritable stands for an event that cannot be written.
type unwritable struct {
	Seq  uint64        `json:"seq"`
	At   time.Duration `json:"atNanoseconds"`
	Kind string        `json:"kind"`
	Why  string        `json:"unwritable"`
}

// attemptsOf is how many attempts the policy in force allows a call of a sensor; 0 where
// that is not known.
func (l *Log) attemptsOf(sensor int) int {
	if sensor < 0 || sensor >= len(l.attempts) {
		return 0
	}
	return l.attempts[sensor]
}

// date is a time of the run as people read it, empty where the run has no dates.
func (l *Log) date(at time.Duration) string {
	date, ok := l.run.Date(at)
	if !ok {
		return ""
	}
	return date.Format("2006-01-02T15:04:05.000Z07:00")
}

// newPace returns what differs from the pace that was written last, nil for what
// is the same, and remembers the new pace.
func (l *Log) newPace(t *Taken) (paused *bool, speed *float64) {
	if t.Paused != l.paused {
		paused = &t.Paused
	}
	if t.Speed != l.speed {
		speed = number(t.Speed)
	}
	l.paused, l.speed = t.Paused, t.Speed
	return paused, speed
}

// String is the word of the log for a kind of event.
func (k Kind) String() string {
	names := [...]string{
		RunStarted: "run-started", BatchStarted: "batch-started", CallEnded: "call",
		StateChanged: "state", FaultBegan: "fault-began", FaultEnded: "fault-ended",
		CommandTaken: "command", BatchEnded: "batch-ended", RunEnded: "run-ended",
		PolicyChanged: "policy-changed", HealthChanged: "health",
	}
	if int(k) < len(names) && names[k] != "" {
		return names[k]
	}
	return "unknown"
}

// Source is where a log is read from: a Backlog.
type Source interface {
	C() <-chan struct{}
	// Drain appends what is new, and says how many events are lost that came after
	// them.
	Drain(dst []Event) (events []Event, lost uint64)
}

// Follow writes the events of a source to w until done is closed, and then those that
// are still waiting. It never delays the engine: where w is too slow, a line says how
// many events were lost. All that was drained is written and flushed before it waits
// for more, so that a killed program loses only what was not yet drained. It returns
// the first error of w.
func (l *Log) Follow(done <-chan struct{}, from Source, w *bufio.Writer) error {
	var events []Event
	var buf []byte
	for last := false; ; {
		var lost uint64
		events, lost = from.Drain(events[:0])
		buf = buf[:0]
		for i := range events {
			buf = l.Append(buf, &events[i])
		}
		if lost > 0 {
			buf = l.appendGap(buf, lost)
		}
		if _, err := w.Write(buf); err != nil {
			return err
		}
		if err := w.Flush(); err != nil || last {
			return err
		}
		select {
		case <-from.C():
		case <-done:
			last = true
		}
	}
}
