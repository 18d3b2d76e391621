package event

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// The shapes of a log line. Times are seconds of the run's clock, as in the
// reports; a payload that says nothing is left out.
type logLine struct {
	Seq    uint64      `json:"seq"`
	At     seconds     `json:"atSeconds"`
	Batch  int         `json:"batch"`
	Sensor string      `json:"sensor,omitempty"`
	Kind   string      `json:"kind"`
	Run    *logRun     `json:"run,omitempty"`
	Call   *logCall    `json:"call,omitempty"`
	Change *logChange  `json:"change,omitempty"`
	Fault  *logFault   `json:"fault,omitempty"`
	Did    *logCommand `json:"command,omitempty"`
	Round  *logRound   `json:"round,omitempty"`
	Tuned  *logTuned   `json:"tuned,omitempty"`
}

type logRun struct {
	Scenario string   `json:"scenario"`
	Seed     uint64   `json:"seed"`
	Interval seconds  `json:"intervalSeconds"`
	Callers  int      `json:"callers,omitempty"` // left out where there is one
	Sensors  []string `json:"sensors"`
}

type logCall struct {
	Number   uint64   `json:"number"`
	Start    seconds  `json:"startSeconds"`
	Took     seconds  `json:"tookSeconds"`
	Status   string   `json:"status"`
	Value    *float64 `json:"value"` // null where none was served, and where it is no number
	Quality  string   `json:"quality,omitempty"`
	Source   seconds  `json:"sourceSeconds"`
	Attempts int      `json:"attempts"`
	Waited   seconds  `json:"waitedSeconds"`
	Tries    []logTry `json:"tries,omitempty"`
	Err      string   `json:"error,omitempty"`
	Probe    bool     `json:"probe,omitempty"`
	Faulted  bool     `json:"faulted,omitempty"`
	InFlight int      `json:"inFlight,omitempty"` // left out where the call was alone
	State    string   `json:"state"`
	Failures int      `json:"failures"`
	Good     int      `json:"goodProbes"`
}

type logTry struct {
	Start seconds `json:"startSeconds"`
	Took  seconds `json:"tookSeconds"`
	Err   string  `json:"error,omitempty"`
}

type logChange struct {
	From    string  `json:"from"`
	To      string  `json:"to"`
	Reason  string  `json:"reason"`
	OpenFor seconds `json:"openForSeconds,omitempty"`
	Count   int     `json:"count"`
	Cause   string  `json:"cause,omitempty"`
	By      string  `json:"by,omitempty"`
}

type logFault struct {
	Label  string  `json:"label"`
	By     string  `json:"by"`
	Lasted seconds `json:"lastedSeconds,omitempty"`
}

type logCommand struct {
	Text   string  `json:"text"`
	Paused bool    `json:"paused"`
	Speed  float64 `json:"speed"`
}

type logTuned struct {
	Text    string `json:"text"`
	By      string `json:"by"`
	Differs bool   `json:"differs"`
}

type logRound struct {
	Took           seconds `json:"tookSeconds"`
	Delivered      bool    `json:"delivered"`
	NaiveTook      seconds `json:"naiveTookSeconds,omitempty"`
	NaiveDelivered bool    `json:"naiveDelivered"`
}

// seconds writes integer nanoseconds as decimal seconds. Nine digits are
// exact, so equal runs give equal bytes on every machine. A float64 would not
// do: it has an exponent below a microsecond, and from 104 days on too few
// digits.
type seconds time.Duration

// MarshalJSON writes the seconds without an exponent and without trailing
// zeros.
func (s seconds) MarshalJSON() ([]byte, error) {
	n, sign := uint64(s), ""
	if s < 0 {
		n, sign = -n, "-"
	}
	text := sign + strconv.FormatUint(n/uint64(time.Second), 10)
	if rest := n % uint64(time.Second); rest > 0 {
		text += "." + strings.TrimRight(fmt.Sprintf("%09d", rest), "0")
	}
	return []byte(text), nil
}

// String is the word of the log for a kind of event.
func (k Kind) String() string {
	names := [...]string{
		RunStarted: "run-started", BatchStarted: "batch-started", CallEnded: "call",
		StateChanged: "state", FaultBegan: "fault-began", FaultEnded: "fault-ended",
		CommandTaken: "command", BatchEnded: "batch-ended", RunEnded: "run-ended",
		PolicyChanged: "policy-changed",
	}
	if int(k) < len(names) && names[k] != "" {
		return names[k]
	}
	return "unknown"
}

// Log writes events as lines of JSON, one event a line: the whole run. The zero
// value is ready. It is not safe for concurrent use.
type Log struct {
	run *Run
}

// Append appends the line of e to dst. Events come in order, so that a sensor
// can be called by its id.
func (l *Log) Append(dst []byte, e *Event) []byte {
	if e.Run != nil {
		l.run = e.Run
	}
	line, err := json.Marshal(lineOf(e, l.run))
	if err != nil {
		// Only a pace that is no number can get here; the line says so rather
		// than being lost.
		line, _ = json.Marshal(map[string]any{"seq": e.Seq, "kind": e.Kind.String(), "unwritable": err.Error()})
	}
	return append(append(dst, line...), '\n')
}

// Source is where a Tail reads: a Backlog, or a Subscription.
type Source interface {
	C() <-chan struct{}
	Drain(dst []Event) (events []Event, lost uint64)
}

// Tail writes the events of a source to w until done is closed, and then
// those that are still waiting. It never holds the engine up: where w is too
// slow, a line says how many events were lost. It returns the first error of w.
func Tail(done <-chan struct{}, sub Source, w *bufio.Writer) error {
	var log Log
	var events []Event
	var buf []byte
	for last := false; ; {
		var lost uint64
		events, lost = sub.Drain(events[:0])
		buf = buf[:0]
		if lost > 0 {
			buf = fmt.Appendf(buf, "{\"kind\":\"gap\",\"lost\":%d}\n", lost)
		}
		for i := range events {
			buf = log.Append(buf, &events[i])
		}
		if _, err := w.Write(buf); err != nil {
			return err
		}
		if err := w.Flush(); err != nil || last {
			return err
		}
		select {
		case <-sub.C():
		case <-done:
			last = true
		}
	}
}

func lineOf(e *Event, run *Run) logLine {
	out := logLine{Seq: e.Seq, At: seconds(e.At), Batch: e.Batch, Kind: e.Kind.String()}
	if run != nil && e.Sensor >= 0 && e.Sensor < len(run.Sensors) {
		out.Sensor = run.Sensors[e.Sensor].ID
	}
	switch e.Kind {
	case RunStarted:
		out.Run = runLine(e.Run)
	case CallEnded:
		out.Call = callLine(&e.Call)
	case StateChanged:
		c := e.Change
		out.Change = &logChange{
			From: c.From.String(), To: c.To.String(), Reason: c.Reason.String(),
			OpenFor: seconds(c.OpenFor), Count: c.Count, Cause: c.Cause, By: c.By,
		}
	case FaultBegan, FaultEnded:
		out.Fault = &logFault{Label: e.Fault.Label, By: e.Fault.By, Lasted: seconds(e.Fault.Lasted)}
	case CommandTaken, RunEnded:
		out.Did = &logCommand{Text: e.Taken.Text, Paused: e.Taken.Paused, Speed: e.Taken.Speed}
	case PolicyChanged:
		out.Tuned = &logTuned{e.Tuned.Text, e.Tuned.By, e.Tuned.Differs}
	case BatchEnded:
		r := e.Round
		out.Round = &logRound{seconds(r.Took), r.Delivered, seconds(r.NaiveTook), r.NaiveDelivered}
	}
	return out
}

func runLine(r *Run) *logRun {
	ids := make([]string, len(r.Sensors))
	for i, s := range r.Sensors {
		ids[i] = s.ID
	}
	out := &logRun{Scenario: r.Scenario, Seed: r.Seed, Interval: seconds(r.Interval), Sensors: ids}
	if r.Callers > 1 {
		out.Callers = r.Callers
	}
	return out
}

func callLine(c *Call) *logCall {
	out := &logCall{
		Number: c.Number, Start: seconds(c.Start), Took: seconds(c.Took), Status: c.Result.String(),
		Source: seconds(c.SourceAt), Attempts: c.Attempts, Waited: seconds(c.Waited),
		Err: c.Err, Probe: c.Probe, Faulted: c.Faulted,
		State: c.Circuit.State.String(), Failures: c.Circuit.Failures, Good: c.Circuit.Good,
	}
	if c.InFlight > 1 {
		out.InFlight = c.InFlight
	}
	if c.Served {
		out.Quality = c.Quality.String()
		if v := c.Value; !math.IsNaN(v) && !math.IsInf(v, 0) { // JSON has no word for these
			out.Value = &v
		}
	}
	for _, t := range c.Tries {
		out.Tries = append(out.Tries, logTry{seconds(t.Start), seconds(t.Took), t.Err})
	}
	return out
}
