package views

import (
	"fmt"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/sensors"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
)

// detailFrame is the fixture's S3 in full: it opened after batches 77 to 81, a
// probe failed in batch 88, and one has been good in batch 95.
func detailFrame(inFull Page, width, height int) Frame {
	f := fixtureFrame(nil, width, height)
	f.Detail, f.InFull = true, inFull
	f.Footer = append([]draw.Hint{{Key: "t", Word: "tune"}}, f.Footer...)
	v := &f.Snap.Sensors[3]
	v.Policy = policy.Policy{Timeout: ms(250), Strategy: "last-known-good", Breaker: breaker.Settings{OpenFor: 3 * time.Second}}
	v.Tripping, v.TrippedAt = v.LastOpening, ms(40200)
	v.Tripping.FirstBatch, v.Tripping.LastBatch, v.Tripping.Attempts = 77, 81, 15
	v.OpenedAt = ms(43700)
	v.LastOpening = &event.Change{From: breaker.HalfOpen, To: breaker.Open, Reason: breaker.ProbeFailed, Cause: "connection refused", Count: 1, Attempts: 3}
	v.Spared = stats.Spared{Calls: 12, Attempts: 36}
	v.States = stats.StateTime{Closed: ms(40200), Open: ms(6600), HalfOpen: ms(600)}
	v.HasFailed, v.FailedAt = true, ms(43653)
	v.Counts.Metrics = breaker.Metrics{
		TotalCalls: 95, SuccessCalls: 77, FailureCalls: 6, FastFailCount: 12,
		CircuitOpenCount: 2, ProbeSuccessCount: 1, ProbeFailCount: 1,
	}
	v.Counts.RetriedCalls, v.Counts.Waited, v.Counts.Served, v.Counts.OldestServed = 6, ms(900), 18, ms(9000)
	for i, c := range v.Columns {
		if !c.Answered() && !c.Refused() {
			c.Took = ms(153)
			v.Columns[i] = c
		}
		v.Recent = append(v.Recent, fixtureCall(uint64(i+1), &c))
	}
	v.Changes = []stats.ChangeView{
		{At: ms(40200), Batch: 81, Change: v.Tripping},
		{At: ms(43500), Batch: 88, Change: &event.Change{From: breaker.Open, To: breaker.HalfOpen, Reason: breaker.ProbeDue}},
		{At: ms(43700), Batch: 88, Change: v.LastOpening},
		{At: ms(47000), Batch: 95, Change: v.LastChange},
	}
	return f
}

// inState is the detail with its circuit in another state.
func inState(f Frame, c event.Circuit, last *event.Change) Frame {
	v := &f.Snap.Sensors[3]
	c.Threshold, c.Needed = 5, 2
	v.Circuit = c
	if last != nil {
		v.LastChange, v.ChangedAt = last, ms(47000)
	}
	return f
}

// fixtureTabs are the pages as the header names them.
func fixtureTabs() []Tab {
	return []Tab{{Title: "Overview"}, {Title: "Breakers", Open: true}, {Title: "Retries"}, {Title: "Strategies"}, {Title: "Compare"}, {Title: "Events"}}
}

// fixtureFrame is the moment on a page.
func fixtureFrame(page Page, width, height int) Frame {
	return Frame{
		Snap: fixtureSnapshot(), Now: fixtureNow, Width: width, Height: height,
		Selected: 3, Footer: fixtureFooter(), Page: page, Tabs: fixtureTabs(),
	}
}

// manySensors is a frame of n sensors, made from the five.
func manySensors(page Page, n, width, height int) Frame {
	f := fixtureFrame(page, width, height)
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

// endpointsFrame is a watch of two real endpoints, the second failing.
func endpointsFrame(page Page, width, height int) Frame {
	f := fixtureFrame(page, width, height)
	names := []string{"api.example.com/health", "status"}
	run := event.Run{Scenario: "watch"}
	f.Snap.Sensors = f.Snap.Sensors[:len(names)]
	for i, n := range names {
		e := event.Sensor{
			Info:      sensors.Info{ID: n, Name: n, Unit: "ms", Real: true},
			Threshold: 5, Needed: 2, MaxAttempts: 3, Interval: 5 * time.Second,
		}
		run.Sensors = append(run.Sensors, e)
		v := &f.Snap.Sensors[i]
		v.Sensor, v.Value = e, float64(42+i*140)
		v.LastErr, v.LastTook = "503 Service Unavailable", ms(41)
	}
	f.Snap.Run, f.Snap.Injected, f.Locked, f.Selected = &run, false, true, 0
	f.Snap.Live, f.Snap.Stale, f.Snap.FastFail, f.Snap.Faults, f.Snap.Open = 1, 1, 0, 0, 0
	f.Snap.Lines = []sentence.Line{{At: ms(47300), Batch: 10, Sensor: 1, ID: "status", Name: "status", Role: sentence.RoleStale, Text: "attempts ran out after 3 (503 Service Unavailable); served 182 ms, 10.2 s old"}}
	f.Snap.LinesTotal = 1
	f.Status = []string{"FAULT KEYS LOCKED (!)"}
	f.Caption = "!  unlock"
	f.Notice = "fault keys are locked; ! unlocks them"
	return f
}

// pageFrame is the moment of the fixture on a page, with what the page needs of
// the tally.
func pageFrame(p Page, width, height int) Frame {
	f := fixtureFrame(p, width, height)
	states := []stats.StateTime{
		{Closed: ms(47300)},
		{Closed: ms(47300)},
		{Closed: ms(3500), Open: ms(39800), HalfOpen: ms(4000)},
		{Closed: ms(40200), Open: ms(6500), HalfOpen: ms(600)},
		{Closed: ms(43800), Open: ms(3000), HalfOpen: ms(500)},
	}
	for i := range f.Snap.Sensors {
		addPageData(&f.Snap.Sensors[i], states[i%len(states)])
	}
	addTotals(&f.Snap)
	f.Log = Log{Lines: f.Snap.Lines, Cursor: len(f.Snap.Lines) - 1, Following: true}
	return f
}

// manyOnPage is n sensors on a page, with only those copied that are visible.
func manyOnPage(p Page, n, width, height int) Frame {
	f := manySensors(p, n, width, height)
	for i := range f.Snap.Sensors {
		f.Snap.Sensors[i].States = stats.StateTime{Closed: ms(40000), Open: ms(i % 7000)}
		f.Snap.Sensors[i].Circuit.Opens = uint64(i % 11)
	}
	run := f.Snap.Run
	for i := range run.Sensors {
		run.Sensors[i].ID, run.Sensors[i].Name = fmt.Sprintf("S%d", i), fmt.Sprintf("sensor %d", i)
		f.Snap.Sensors[i].Sensor = run.Sensors[i]
	}
	return f
}

// beforeTheFirstCall is a run that has just started.
func beforeTheFirstCall(page Page, w, h int) Frame {
	f := fixtureFrame(page, w, h)
	f.Now, f.Selected = 0, 0
	f.Snap = stats.Snapshot{Run: f.Snap.Run, Speed: 1, ScaleTop: fixtureTop}
	f.Snap.Sensors = make([]stats.SensorView, len(f.Snap.Run.Sensors))
	for i := range f.Snap.Sensors {
		f.Snap.Sensors[i] = stats.SensorView{Sensor: f.Snap.Run.Sensors[i], Index: i}
	}
	return f
}
