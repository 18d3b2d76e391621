package pagetest

import (
	"fmt"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/sensors"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/viewstest"
)

// InDetail is S3 of viewstest with all that the detail shows: its circuit opened after the
// failures of batches 77 to 81, a probe failed in batch 88, and one succeeded in batch 95.
func InDetail(inFull views.Page, width, height int) views.Frame {
	f := Frame(nil, width, height)
	f.Detail, f.InFull = true, inFull
	f.Footer = append([]draw.Hint{{Key: "t", Word: "tune"}}, f.Footer...)
	v := &f.Snap.Sensors[3]
	v.Policy = policy.Policy{Timeout: viewstest.MS(250), Strategy: "last-known-good", Breaker: breaker.Settings{OpenFor: 3 * time.Second}}
	v.Tripping, v.TrippedAt = v.LastOpening, viewstest.MS(40200)
	v.Tripping.FirstBatch, v.Tripping.LastBatch, v.Tripping.Attempts = 77, 81, 15
	v.OpenedAt = viewstest.MS(43700)
	v.LastOpening = &event.Change{From: breaker.HalfOpen, To: breaker.Open, Reason: breaker.ProbeFailed, Cause: "connection refused", Count: 1, Attempts: 3}
	v.Avoided = stats.Avoided{Calls: 12, Attempts: 36}
	v.States = stats.StateTime{Closed: viewstest.MS(40200), Open: viewstest.MS(6600), HalfOpen: viewstest.MS(600)}
	v.HasFailed, v.FailedAt = true, viewstest.MS(43653)
	v.Counts.Metrics = breaker.Metrics{
		TotalCalls: 95, SuccessCalls: 77, FailureCalls: 6, FastFailCount: 12,
		CircuitOpenCount: 2, ProbeSuccessCount: 1, ProbeFailCount: 1,
	}
	v.Counts.RetriedCalls, v.Counts.Waited, v.Counts.Served, v.Counts.OldestServed = 6, viewstest.MS(900), 18, viewstest.MS(9000)
	for i, c := range v.Columns {
		if !c.Answered() && !c.FastFail() {
			c.Took = viewstest.MS(153)
			v.Columns[i] = c
		}
		v.Recent = append(v.Recent, viewstest.Call(uint64(i+1), &c))
	}
	v.Changes = []stats.ChangeView{
		{At: viewstest.MS(40200), Batch: 81, Change: v.Tripping},
		{At: viewstest.MS(43500), Batch: 88, Change: &event.Change{From: breaker.Open, To: breaker.HalfOpen, Reason: breaker.ProbeDue}},
		{At: viewstest.MS(43700), Batch: 88, Change: v.LastOpening},
		{At: viewstest.MS(47000), Batch: 95, Change: v.LastChange},
	}
	return f
}

// InState is InDetail with the circuit in another state.
func InState(f views.Frame, c breaker.Circuit, last *event.Change) views.Frame {
	v := &f.Snap.Sensors[3]
	v.Circuit = c
	if last != nil {
		v.LastChange, v.ChangedAt = last, viewstest.MS(47000)
	}
	return f
}

// Tabs are the pages as the header names them.
func Tabs() []views.Tab {
	return []views.Tab{{Title: "Overview"}, {Title: "Breakers", Open: true}, {Title: "Retries"}, {Title: "Strategies"}, {Title: "Compare"}, {Title: "Events"}}
}

// Frame is the moment of viewstest on a page.
func Frame(page views.Page, width, height int) views.Frame {
	return views.Frame{
		Snap: viewstest.Snapshot(), Now: viewstest.Now, Width: width, Height: height,
		Selected: 3, Footer: viewstest.Footer(), Page: page, Tabs: Tabs(),
		Luck: views.Luck{Standing: stats.Standing{Of: 200, First: 42, Batches: 30, Delivered: 29, Fewer: 166, More: 9}},
	}
}

// Many is a frame of n sensors, which are copies of the five of viewstest.
func Many(page views.Page, n, width, height int) views.Frame {
	f := Frame(page, width, height)
	run := *f.Snap.Run
	five, views := run.Sensors, f.Snap.Sensors
	run.Sensors = make([]event.Sensor, n)
	f.Snap.Sensors = make([]stats.SensorView, n)
	for i := range n {
		run.Sensors[i] = five[i%len(five)]
		f.Snap.Sensors[i] = views[i%len(views)]
		f.Snap.Sensors[i].Index = i
	}
	f.Snap.Run = &run
	f.Selected = min(f.Selected, max(n-1, 0))
	return f
}

// Endpoints is a watch of two real endpoints, of which the second one fails.
func Endpoints(page views.Page, width, height int) views.Frame {
	f := Frame(page, width, height)
	names := []string{"api.example.com/health", "status"}
	run := event.Run{Scenario: "watch"}
	f.Snap.Sensors = f.Snap.Sensors[:len(names)]
	for i, n := range names {
		e := event.Sensor{
			Info:     sensors.Info{ID: n, Name: n, Unit: "ms", Real: true},
			Interval: 5 * time.Second,
		}
		run.Sensors = append(run.Sensors, e)
		v := &f.Snap.Sensors[i]
		v.Sensor, v.Value = e, float64(42+i*140)
		v.LastErr, v.LastTook = "503 Service Unavailable", viewstest.MS(41)
	}
	f.Snap.Run, f.Snap.Injected, f.Locked, f.Selected = &run, false, true, 0
	f.Snap.Live, f.Snap.Stale, f.Snap.FastFail, f.Snap.Faults, f.Snap.Open = 1, 1, 0, 0, 0
	f.Snap.Lines = []sentence.Line{{At: viewstest.MS(47300), Batch: 10, Sensor: 1, ID: "status", Name: "status", Topic: sentence.TopicStale, Text: "attempts ran out after 3 (503 Service Unavailable); served 182 ms, 10.2 s old"}}
	f.Snap.LinesTotal = 1
	f.Status = []string{"FAULT KEYS LOCKED (!)"}
	f.Caption = "!  unlock"
	f.Notice = "fault keys are locked; ! unlocks them"
	return f
}

// OnPage is the moment of viewstest on a page, with all that the page's query asks for.
func OnPage(p views.Page, width, height int) views.Frame {
	f := Frame(p, width, height)
	states := []stats.StateTime{
		{Closed: viewstest.MS(47300)},
		{Closed: viewstest.MS(47300)},
		{Closed: viewstest.MS(3500), Open: viewstest.MS(39800), HalfOpen: viewstest.MS(4000)},
		{Closed: viewstest.MS(40200), Open: viewstest.MS(6500), HalfOpen: viewstest.MS(600)},
		{Closed: viewstest.MS(43800), Open: viewstest.MS(3000), HalfOpen: viewstest.MS(500)},
	}
	for i := range f.Snap.Sensors {
		viewstest.AddPageData(&f.Snap.Sensors[i], states[i%len(states)])
	}
	viewstest.AddTotals(&f.Snap)
	f.Log = views.Log{Lines: f.Snap.Lines, Cursor: len(f.Snap.Lines) - 1, Following: true}
	return f
}

// ManyOnPage is n sensors on a page. The snapshot has only the visible ones, as in the
// program.
func ManyOnPage(p views.Page, n, width, height int) views.Frame {
	f := Many(p, n, width, height)
	for i := range f.Snap.Sensors {
		f.Snap.Sensors[i].States = stats.StateTime{Closed: viewstest.MS(40000), Open: viewstest.MS(i % 7000)}
		f.Snap.Sensors[i].Circuit.Opens = uint64(i % 11)
	}
	run := f.Snap.Run
	for i := range run.Sensors {
		run.Sensors[i].ID, run.Sensors[i].Name = fmt.Sprintf("S%d", i), fmt.Sprintf("sensor %d", i)
		f.Snap.Sensors[i].Sensor = run.Sensors[i]
	}
	return f
}

// BeforeTheFirstCall is a run that has started and made no call yet.
func BeforeTheFirstCall(page views.Page, w, h int) views.Frame {
	f := Frame(page, w, h)
	f.Now, f.Selected = 0, 0
	f.Snap = stats.Snapshot{Run: f.Snap.Run, Speed: 1, ScaleTop: viewstest.ScaleTop}
	f.Snap.Sensors = make([]stats.SensorView, len(f.Snap.Run.Sensors))
	for i := range f.Snap.Sensors {
		f.Snap.Sensors[i] = stats.SensorView{Sensor: f.Snap.Run.Sensors[i], Index: i}
	}
	return f
}
