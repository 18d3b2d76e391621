package report

import (
	"io"
	"math"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/report/render"
	"resiltui/internal/stats"
	"resiltui/internal/stats/verdict"
)

// Summary is what became of a live run, in figures for programs: what
// `--format json` prints at the end (docs/summary.schema.json). A figure that is not known
// is nil, and null in JSON.
type Summary struct {
	At       *string                  `json:"at"`
	Run      SummaryRun               `json:"run"`
	Sensors  map[string]SummarySensor `json:"sensors"`
	Verdicts []SummaryVerdict         `json:"verdicts"`
}

// SummaryRun is the run as a whole.
type SummaryRun struct {
	Scenario string  `json:"scenario"`
	Seed     *uint64 `json:"seed"`
	Seconds  float64 `json:"seconds"`
	Calls    uint64  `json:"calls"`
	Sensors  int     `json:"sensors"`
}

// SummarySensor is one sensor over the whole run. Up, Live and the other shares are
// fractions from 0 to 1.
type SummarySensor struct {
	State       string   `json:"state"`
	Up          *float64 `json:"up"`
	Live        *float64 `json:"live"`
	Stale       *float64 `json:"stale"`
	FastFail    *float64 `json:"fastFail"`
	Missing     *float64 `json:"missing"`
	Opens       uint64   `json:"opens"`
	Retries     uint64   `json:"retries"`
	Calls       uint64   `json:"calls"`
	Missed      *uint64  `json:"missed"`
	Outages     *int     `json:"outages"`
	DownSeconds *float64 `json:"downSeconds"`
	P50Seconds  *float64 `json:"p50Seconds"`
	P95Seconds  *float64 `json:"p95Seconds"`
	Value       *float64 `json:"value"`
}

// SummaryVerdict is the verdict on an outage or on injected faults. From and Until are
// dates, where the run has one, else seconds of the run.
type SummaryVerdict struct {
	Sensor           string   `json:"sensor"`
	Kind             string   `json:"kind"`
	From             any      `json:"from"`
	Until            any      `json:"until"`
	SeenAfterSeconds *float64 `json:"seenAfterSeconds"`
	Attempts         int      `json:"attempts"`
	Refused          int      `json:"refused"`
	BackSeconds      *float64 `json:"backSeconds"`
}

// Summarize makes the summary of a run at a time. The snapshot must hold all sensors and
// verdicts (stats.Query); it has the verdicts of all episodes that are over, and unfinished
// those that are not. Nothing may have been dropped of s.Run, which must not be nil.
func Summarize(s *stats.Snapshot, unfinished []verdict.Verdict, now time.Duration) Summary {
	out := Summary{
		Run:     SummaryRun{Scenario: s.Run.Scenario, Seconds: seconds(now), Sensors: len(s.Run.Sensors)},
		Sensors: map[string]SummarySensor{}, Verdicts: []SummaryVerdict{},
	}
	if date, ok := s.Run.Date(now); ok {
		out.At = ptr(written(date))
	}
	if s.Run.Virtual {
		out.Run.Seed = ptr(s.Run.Seed)
	}
	for i := range s.Sensors {
		v := &s.Sensors[i]
		out.Run.Calls += v.Calls
		out.Sensors[v.ID] = summaryOf(v)
	}
	for _, list := range [][]verdict.Verdict{s.Verdicts, unfinished} {
		for i := range list {
			out.Verdicts = append(out.Verdicts, judgement(s.Run, &list[i]))
		}
	}
	return out
}

func summaryOf(v *stats.SensorView) SummarySensor {
	c, h := &v.Counts, &v.Health.Whole
	of := func(n uint64) *float64 { return shareOf(n, v.Calls) }
	out := SummarySensor{
		State: v.Circuit.State.String(),
		Live:  of(c.Live), Stale: of(c.Stale + c.Interpolated), FastFail: of(c.FastFail), Missing: of(c.Missing),
		Opens: v.Circuit.Opens, Retries: c.Retries, Calls: v.Calls,
	}
	if v.Answers >= stats.MinAnswers {
		out.P50Seconds, out.P95Seconds = ptr(seconds(v.P50)), ptr(seconds(v.P95))
	}
	if v.HasValue && !math.IsNaN(v.Value) && !math.IsInf(v.Value, 0) {
		out.Value = ptr(v.Value)
	}
	if !v.Real {
		return out
	}
	out.Opens, out.Missed, out.Outages, out.DownSeconds = h.Opens, ptr(h.Missed), ptr(h.Outages), ptr(seconds(h.Down))
	if h.HasUp {
		out.Up = ptr(h.UpShare)
	}
	return out
}

func judgement(run *event.Run, v *verdict.Verdict) SummaryVerdict {
	out := SummaryVerdict{
		Sensor: v.ID, Kind: v.Kind.String(), From: moment(run, v.Began), Attempts: v.Attempts, Refused: v.FastFail,
	}
	if v.Ended > 0 {
		out.Until = moment(run, v.Ended)
	}
	if v.Seen {
		out.SeenAfterSeconds = ptr(seconds(v.SeenAfter))
	}
	if v.Over > 0 && !v.FailedAgain {
		out.BackSeconds = ptr(seconds(v.Back))
	}
	return out
}

// moment is a time of the run as files have it.
func moment(run *event.Run, at time.Duration) any {
	if date, ok := run.Date(at); ok {
		return written(date)
	}
	return seconds(at)
}

// written is a date as files have it.
func written(date time.Time) string { return date.Format("2006-01-02T15:04:05.000Z07:00") }

// Write writes the summary as JSON.
func (s Summary) Write(w io.Writer) error { return render.WriteJSON(w, []string{"summary"}, []any{s}) }

// Unanswered are the IDs of the real endpoints that were asked and never answered as
// expected, in the order of the run.
func Unanswered(s *stats.Snapshot) []string {
	var out []string
	for i := range s.Sensors {
		if v := &s.Sensors[i]; v.Real && v.Health.Whole.Asked > 0 && v.Health.Whole.Answered == 0 {
			out = append(out, v.ID)
		}
	}
	return out
}
