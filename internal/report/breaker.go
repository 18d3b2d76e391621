package report

import (
	"context"
	"fmt"
	"slices"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/report/render"
	"resiltui/internal/scenario"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/words"
)

// statusEvery is the number of calls between two status reports.
const statusEvery = 5

// BreakerReport is the second exercise: the metrics of the breaker during a crash,
// for a breaker that closes after one good probe and for one that needs two.
type BreakerReport struct {
	Report string `json:"report"`
	Seed   uint64 `json:"seed"`
	// Settings are the settings that were changed, KEY=VALUE each.
	Settings []string     `json:"settings"`
	Service  Service      `json:"service"`
	Runs     []BreakerRun `json:"runs"`
	Lucky    LuckyRequest `json:"luckyRequest"`
	// Drawn is a crash at a random time, with a random request that is answered.
	Drawn LuckyRequest `json:"drawnCrash"`

	intro string
	// alike says that the two runs of a service differ in N only.
	alike, luckyAlike bool
}

// Service is a service that crashes for some time.
type Service struct {
	CrashStartSeconds  float64 `json:"crashStartSeconds"`
	CrashEndSeconds    float64 `json:"crashEndSeconds"`
	LuckyRequestNumber int     `json:"luckyRequestNumber,omitempty"`
}

// LuckyRequest is the same simulation with a service that answers one request in the
// middle of its crash.
type LuckyRequest struct {
	Service Service      `json:"service"`
	Runs    []BreakerRun `json:"runs"`
}

// BreakerRun is one breaker's simulation.
type BreakerRun struct {
	HalfOpenSuccessThreshold int             `json:"halfOpenSuccessThreshold"`
	Calls                    int             `json:"calls"`
	IntervalSeconds          float64         `json:"intervalSeconds"`
	Statuses                 []BreakerStatus `json:"statuses"`
	Metrics                  breaker.Metrics `json:"metrics"`
	Transitions              []Transition    `json:"transitions"`
	// FailedRequests is the number of requests that reached the service and failed.
	FailedRequests uint64 `json:"failedRequests"`
	// ClosedForGoodAtSeconds is the time of the last transition to CLOSED; null
	// without one.
	ClosedForGoodAtSeconds *float64 `json:"closedForGoodAtSeconds"`
	// ClosedFalsely counts the closings after which the circuit opened again.
	ClosedFalsely          int       `json:"closedFalsely"`
	ClosedFalselyAtSeconds []float64 `json:"closedFalselyAtSeconds"`

	// label distinguishes the run from the other one for people ("N = 2"), key in
	// files.
	label, key string
	// off says that the breaker is switched off.
	off           bool
	states, marks []render.Piece
}

// BreakerStatus is the state of a breaker after some calls.
type BreakerStatus struct {
	AfterCall               int      `json:"afterCall"`
	State                   string   `json:"state"`
	SuccessRate             *float64 `json:"successRate"`
	FastFailRate            *float64 `json:"fastFailRate"`
	CircuitOpenCount        uint64   `json:"circuitOpenCount"`
	SecondsSinceLastFailure *float64 `json:"secondsSinceLastFailure"`
}

// Transition is one change of state.
type Transition struct {
	AtSeconds float64 `json:"atSeconds"`
	From      string  `json:"from"`
	To        string  `json:"to"`
	Reason    string  `json:"reason"`
}

// RunBreaker runs all six breakers with their services.
func RunBreaker(ctx context.Context, o Options) (Report, error) {
	sc, err := setUp("breaker", o)
	if err != nil {
		return nil, err
	}
	drawn, crash, drawnLucky := drawnCrash(sc.Sensors[:2], o.Seed)
	all := sc
	all.Sensors = slices.Concat(sc.Sensors, drawn)
	r, err := play(ctx, all, o, statusEvery, nil)
	if err != nil {
		return nil, err
	}
	service := func(end time.Duration, lucky int) Service {
		return Service{seconds(scenario.CrashStart), seconds(end), lucky}
	}
	out := &BreakerReport{
		intro:  breakerIntro(&sc),
		Report: "breaker", Seed: o.Seed, Settings: settings(&sc, o),
		Service: service(scenario.CrashEnd, 0),
		Lucky:   LuckyRequest{Service: service(scenario.LuckyEnd, scenario.LuckyRequest)},
		Drawn:   LuckyRequest{Service: Service{seconds(crash.From), seconds(crash.To), drawnLucky}},
	}
	runs := make([]BreakerRun, len(all.Sensors))
	for i := range runs {
		runs[i] = breakerRun(r, i)
		runs[i].off = all.Sensors[i].Policy.BreakerOff
	}
	out.Runs, out.Lucky.Runs, out.Drawn.Runs = runs[:2:2], runs[2:4:4], runs[4:]
	out.alike = alike(sc.Sensors[:2])
	out.luckyAlike = alike(sc.Sensors[2:])
	nameRuns(out.Runs)
	nameRuns(out.Lucky.Runs)
	nameRuns(out.Drawn.Runs)
	return out, nil
}

// nameRuns labels each run with its N. Where a setting has made the N equal, the
// label also has the run's place.
func nameRuns(runs []BreakerRun) {
	seen := map[int]int{}
	for i := range runs {
		seen[runs[i].HalfOpenSuccessThreshold]++
	}
	for i := range runs {
		n := runs[i].HalfOpenSuccessThreshold
		runs[i].label, runs[i].key = fmt.Sprintf("N = %d", n), fmt.Sprintf("n%d", n)
		if seen[n] > 1 {
			runs[i].label = fmt.Sprintf("run %d, N = %d", i+1, n)
			runs[i].key = fmt.Sprintf("run%d_n%d", i+1, n)
		}
	}
}

func breakerRun(r *record, i int) BreakerRun {
	calls := r.calls[i]
	out := BreakerRun{
		HalfOpenSuccessThreshold: r.run.Sensors[i].Policy.Resolved().Breaker.SuccessesToClose, Calls: len(calls),
		IntervalSeconds: seconds(r.run.Interval), Metrics: r.final.Sensors[i].Counts.Metrics,
		Statuses: []BreakerStatus{}, Transitions: []Transition{}, ClosedFalselyAtSeconds: []float64{},
		states: statesOf(calls), marks: marksOf(calls),
	}
	for k := range r.statuses[i] {
		s := &r.statuses[i][k]
		out.Statuses = append(out.Statuses, statusOf(&s.view, s.at))
	}
	for k := range r.changes[i] {
		e := &r.changes[i][k]
		out.Transitions = append(out.Transitions, Transition{
			seconds(e.At), e.Change.From.String(), e.Change.To.String(), sentence.Reason(e.Change),
		})
		switch {
		case e.Change.To == breaker.Closed:
			out.ClosedForGoodAtSeconds = ptr(seconds(e.At))
		case e.Change.From == breaker.Closed && out.ClosedForGoodAtSeconds != nil:
			out.ClosedFalsely++
			out.ClosedFalselyAtSeconds = append(out.ClosedFalselyAtSeconds, *out.ClosedForGoodAtSeconds)
			out.ClosedForGoodAtSeconds = nil
		}
	}
	for k := range calls {
		for _, try := range calls[k].Call.Tries { // also those of calls that succeeded after a retry
			if try.Err != "" {
				out.FailedRequests++
			}
		}
	}
	return out
}

func statusOf(v *stats.SensorView, at time.Duration) BreakerStatus {
	m := v.Counts.Metrics
	s := BreakerStatus{
		AfterCall: int(m.TotalCalls), State: v.Circuit.State.String(),
		SuccessRate:      shareOf(m.SuccessCalls, m.TotalCalls),
		FastFailRate:     shareOf(m.FastFailCount, m.TotalCalls),
		CircuitOpenCount: m.CircuitOpenCount,
	}
	if v.HasFailed {
		s.SecondsSinceLastFailure = ptr(seconds(at - v.FailedAt))
	}
	return s
}

// Failed returns nothing: the report has no checks.
func (r *BreakerReport) Failed() []string { return nil }

// Figures are the numbers on which the comparison of N = 1 and N = 2 is based.
func (r *BreakerReport) Figures() []Figure {
	var out []Figure
	add := func(name string, runs []BreakerRun) {
		for _, run := range runs {
			id := name + ", " + run.label + ": "
			closed := Figure{Name: id + "closed for good at", Unit: "s"}
			if run.ClosedForGoodAtSeconds != nil {
				closed.Value, closed.Known = *run.ClosedForGoodAtSeconds, true
			}
			out = append(
				out, closed,
				Figure{Name: id + "failed requests", Value: float64(run.FailedRequests), Known: true},
				Figure{Name: id + "closed falsely", Value: float64(run.ClosedFalsely), Known: true})
		}
	}
	add("crash", r.Runs)
	add("lucky request", r.Lucky.Runs)
	add("drawn crash", r.Drawn.Runs)
	return out
}

// Document shows the simulations with N = 1 and N = 2 side by side.
func (r *BreakerReport) Document() render.Document {
	return render.Document{
		Name: r.Report, Title: "Circuit breaker with metrics",
		Intro: introduce(r.intro, r.Settings),
		Sections: slices.Concat(
			r.sections("", "A crash", r.Service, r.Runs, r.plainWords()),
			r.sections("lucky-", "A crash with one lucky answer", r.Lucky.Service, r.Lucky.Runs, r.luckyWords()),
			r.sections("drawn-", fmt.Sprintf("A crash as seed %d draws it", r.Seed), r.Drawn.Service, r.Drawn.Runs, r.drawnWords())),
	}
}

func (r *BreakerReport) sections(prefix, title string, service Service, runs []BreakerRun, words string) []render.Section {
	what := fmt.Sprintf("The service fails without exception from %g s to %g s", service.CrashStartSeconds, service.CrashEndSeconds)
	if service.LuckyRequestNumber > 0 {
		what += fmt.Sprintf(", but for request number %d to reach it in that time, which it answers", service.LuckyRequestNumber)
	}
	picture := render.Picture{Title: "state after each call, and what became of the call", Legend: append(stateLegend(), callLegendShort()...)}
	var statuses, transitions render.Table
	for k := range runs {
		run := &runs[k]
		picture.AxisFrom, picture.AxisTo = "0 s", fmt.Sprintf("%g s", float64(run.Calls-1)*run.IntervalSeconds)
		picture.Strips = append(picture.Strips,
			render.Strip{Label: run.label + " state", Pieces: run.states},
			render.Strip{Label: run.label + " calls", Pieces: run.marks, Note: run.failedNote()})
		statuses = run.addStatuses(statuses)
		transitions = run.addTransitions(transitions)
	}
	statuses.Name, statuses.Title = prefix+"statuses", fmt.Sprintf("status every %d calls", statusEvery)
	transitions.Name, transitions.Title = prefix+"transitions", "transitions"
	return []render.Section{{
		Title: title, Prose: []string{what + "."},
		Tables: []render.Table{statuses, transitions, metricsTable(prefix, runs)}, Pictures: []render.Picture{picture},
		Conclusion: []string{words},
	}}
}

// failedNote counts the failed calls, and also the failed requests where the numbers
// differ, since one call may send several requests.
func (run *BreakerRun) failedNote() string {
	if run.FailedRequests == run.Metrics.FailureCalls {
		return fmt.Sprintf("%d failed", run.FailedRequests)
	}
	return fmt.Sprintf("%s failed, with %s", nothing(int(run.Metrics.FailureCalls)), words.Counted(int(run.FailedRequests), "failed request"))
}

func callLegendShort() []render.Piece {
	return []render.Piece{{Text: "   ● answered  ", Tone: render.Live}, {Text: "_ failed  ", Tone: render.Missing}, {Text: "× refused", Tone: render.FastFail}}
}

func (run *BreakerRun) addStatuses(t render.Table) render.Table {
	t.Columns = []render.Column{
		{Title: "N", Key: "halfOpenSuccessThreshold", Right: true},
		{Title: "after", Key: "afterCall", Right: true},
		{Title: "state", Key: "state"},
		{Title: "success", Key: "successRate", Right: true},
		{Title: "fast-fail", Key: "fastFailRate", Right: true},
		{Title: "opens", Key: "circuitOpenCount", Right: true},
		{Title: "since failure", Key: "secondsSinceLastFailure", Right: true},
	}
	for _, s := range run.Statuses {
		t.Rows = append(t.Rows, []render.Cell{
			count(run.HalfOpenSuccessThreshold), count(s.AfterCall), toned(s.State, stateTone(s.State)),
			percent(s.SuccessRate), percent(s.FastFailRate), count(s.CircuitOpenCount),
			secondsCell(s.SecondsSinceLastFailure, 2),
		})
	}
	return t
}

func (run *BreakerRun) addTransitions(t render.Table) render.Table {
	t.Columns = []render.Column{
		{Title: "N", Key: "halfOpenSuccessThreshold", Right: true},
		{Title: "at", Key: "atSeconds", Right: true},
		{Title: "from", Key: "from"},
		{Title: "to", Key: "to"},
		{Title: "reason", Key: "reason"},
	}
	for _, tr := range run.Transitions {
		t.Rows = append(t.Rows, []render.Cell{
			count(run.HalfOpenSuccessThreshold), secondsCell(&tr.AtSeconds, 2),
			toned(tr.From, stateTone(tr.From)), toned(tr.To, stateTone(tr.To)), text(tr.Reason),
		})
	}
	return t
}

func metricsTable(prefix string, runs []BreakerRun) render.Table {
	t := render.Table{Name: prefix + "metrics", Title: "metrics at the end", Columns: []render.Column{{Title: "metric", Key: "metric"}}}
	for _, run := range runs {
		t.Columns = append(t.Columns, render.Column{Title: run.label, Key: run.key, Right: true})
	}
	rows := []struct {
		name string
		of   func(breaker.Metrics) uint64
	}{
		{"totalCalls", func(m breaker.Metrics) uint64 { return m.TotalCalls }},
		{"successCalls", func(m breaker.Metrics) uint64 { return m.SuccessCalls }},
		{"failureCalls", func(m breaker.Metrics) uint64 { return m.FailureCalls }},
		{"circuitOpenCount", func(m breaker.Metrics) uint64 { return m.CircuitOpenCount }},
		{"fastFailCount", func(m breaker.Metrics) uint64 { return m.FastFailCount }},
		{"probeSuccessCount", func(m breaker.Metrics) uint64 { return m.ProbeSuccessCount }},
		{"probeFailCount", func(m breaker.Metrics) uint64 { return m.ProbeFailCount }},
	}
	for _, row := range rows {
		cells := []render.Cell{text(row.name)}
		for _, run := range runs {
			cells = append(cells, count(row.of(run.Metrics)))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func stateTone(state string) render.Tone {
	switch state {
	case breaker.Closed.String():
		return render.Closed
	case breaker.HalfOpen.String():
		return render.HalfOpen
	default:
		return render.Open
	}
}
