package stats

import (
	"slices"
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
	"resiltui/internal/engine/health"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/stats/verdict"
)

const sec = time.Second

// after is a call with the circuit in a state after it.
func after(c event.Call, s breaker.State) event.Call {
	c.Circuit.State = s
	return c
}

// ranOut is a call whose three attempts failed, and that was served a substitute that was
// true at the start of the run.
func ranOut() event.Call {
	c := eventtest.Failed(1)
	c.Err = "503 Service Unavailable"
	c.Tries = []event.Try{{Err: c.Err}, {Err: "connection reset"}, {Err: c.Err}}
	return c
}

// inTheWay is an outage from 20 s on with policies in the way: two calls open the circuit,
// one probe fails, and then nobody asks from 40 to 60 s.
func inTheWay(w *watched) {
	w.call(15*sec, eventtest.Live(20*ms))
	w.call(20*sec+153*ms, ranOut())
	w.call(25*sec+153*ms, after(ranOut(), breaker.Open))
	w.Change(25*sec+153*ms, event.Change{From: breaker.Closed, To: breaker.Open})
	refused := eventtest.FastFail()
	refused.Avoided, refused.AvoidedAtMost = 3, true
	w.call(30*sec, refused)
	w.call(35*sec, refused)
	w.Change(40*sec, event.Change{From: breaker.Open, To: breaker.HalfOpen})
	probe := after(ranOut(), breaker.Open)
	probe.Probe = true
	w.call(40*sec+153*ms, probe)
	w.Change(40*sec+153*ms, event.Change{From: breaker.HalfOpen, To: breaker.Open})
	for at := 45 * sec; at < 60*sec; at += 5 * sec {
		w.call(at, refused)
	}
	w.call(60*sec+20*ms, after(eventtest.Live(20*ms), breaker.HalfOpen))
}

func TestAnOutageHasAVerdictOnceTheBreakerLetsCallsThrough(t *testing.T) {
	w := newWatched()
	inTheWay(w)
	if all := w.snapshot(Query{Verdicts: 9}).Verdicts; len(all) > 0 {
		t.Fatalf("the circuit is HALF_OPEN: %+v", all)
	}
	if v, ok := w.aggregator.Episode(0); !ok || v.Began != 20*sec || v.Ended != 50*sec || v.ID != "S0" {
		t.Errorf("so far: %+v", v)
	}
	w.call(65*sec+20*ms, eventtest.Live(20*ms))
	all := w.snapshot(Query{Verdicts: 9, Lines: 1})
	if len(all.Verdicts) != 1 {
		t.Fatalf("verdicts: %+v", all.Verdicts)
	}
	v := all.Verdicts[0]
	want := verdict.Verdict{
		Kind: verdict.Outage, Sensor: 0, ID: "S0", Name: "S0 boiler", Began: 20 * sec, Ended: 50 * sec, Over: 65*sec + 20*ms,
		Seen: true, SeenAfter: 5153 * ms, SeenCalls: 2, SeenAttempts: 6, Attempts: 9, Avoided: 15, AvoidedAtMost: true,
		FastFail: 5, FastFailWhileWell: 3, Served: 8, FastFailServed: 5, Oldest: 55 * sec, Back: 5 * sec,
		PlusMinus: 10 * sec, Cause: "503 Service Unavailable", SameCause: 6,
	}
	if !equalVerdicts(v, want) {
		t.Errorf("%+v\nwant\n%+v", v, want)
	}
	text := "verdict: outage of 30 s ± 10 s, seen after 5.2 s, 9 attempts instead of up to 24, back 5.0 s after"
	if got := all.Lines[0].Text; got != text {
		t.Errorf("%q\nwant\n%q", got, text)
	}
}

func equalVerdicts(a, b verdict.Verdict) bool {
	return slices.Equal(a.Overlaps, b.Overlaps) && a.Text() == b.Text() && a.Began == b.Began && a.Ended == b.Ended && a.Over == b.Over &&
		a.Cause == b.Cause && a.SameCause == b.SameCause && a.FastFail == b.FastFail && a.FastFailWhileWell == b.FastFailWhileWell &&
		a.Served == b.Served && a.FastFailServed == b.FastFailServed && a.Oldest == b.Oldest && a.Back == b.Back &&
		a.SeenCalls == b.SeenCalls && a.SeenAttempts == b.SeenAttempts && a.Name == b.Name && a.Why == b.Why
}

func TestWhatABreakerBesideWouldHaveRefusedIsJudgedByWhatCameOfIt(t *testing.T) {
	run := realRun(1)
	run.Beside = true
	w := newWatched()
	w.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: run})
	w.machine = health.NewMachine(run.Thresholds)
	w.call(5*sec, missing(0))
	w.call(10*sec, after(missing(0), breaker.Open))
	w.Change(10*sec, event.Change{From: breaker.Closed, To: breaker.Open})
	beside := func(c event.Call, s breaker.State) event.Call {
		c.Admitted = false
		return after(c, s)
	}
	w.call(15*sec, beside(missing(0), breaker.Open))
	w.call(20*sec, beside(eventtest.Live(0), breaker.Open))
	w.call(25*sec, beside(eventtest.Live(0), breaker.Open))
	w.call(30*sec, eventtest.Live(0))
	v := w.snapshot(Query{Verdicts: 1}).Verdicts[0]
	want := "verdict: outage of 12 s, 3 failed calls (seen after 5.0 s, refuses 3: 1 bad, 2 good)"
	if v.Text() != want || v.Back != 10*sec || !v.Watched || v.SameCause != 3 {
		t.Errorf("%s\n%+v", v.Text(), v)
	}
}

func TestOneFailedCallAloneHasNoVerdict(t *testing.T) {
	w := newWatched()
	w.call(5*sec, missing(0))
	w.call(10*sec, eventtest.Live(0))
	if _, ok := w.aggregator.Episode(0); ok || len(w.snapshot(Query{Verdicts: 9}).Verdicts) > 0 {
		t.Error("it is judged")
	}
	// What follows is no part of it.
	w.call(15*sec, missing(0))
	w.call(20*sec, missing(0))
	w.call(25*sec, eventtest.Live(0))
	v := w.snapshot(Query{Verdicts: 9}).Verdicts[0]
	if v.Began != 15*sec || v.Attempts != 2 || v.Why != "2 of 3 calls failed, too few to open the circuit" {
		t.Errorf("%+v", v)
	}
}

func TestACallThatFailsBeforeTheSensorIsBackEndsTheEpisode(t *testing.T) {
	w := newWatched()
	inTheWay(w)
	w.call(65*sec+153*ms, after(ranOut(), breaker.Open))
	w.call(70*sec+153*ms, after(ranOut(), breaker.Open))
	w.call(75*sec, eventtest.Live(0))
	all := w.snapshot(Query{Verdicts: 9}).Verdicts
	if len(all) != 2 || !all[0].FailedAgain || all[0].Back != 0 || all[0].Ended != 50*sec || all[1].FailedAgain || all[1].Began != 65*sec {
		t.Errorf("%+v", all)
	}
}

func TestAnOutageThatAnInjectedFaultCausedHasTheVerdictOfTheFaultAlone(t *testing.T) {
	w := newWatched()
	w.Fault(event.FaultBegan, 3*sec, event.Fault{Label: "crash", Fault: fault.Fault{Kind: fault.Crash}})
	faulted := missing(0)
	faulted.Faulted = true
	w.call(5*sec, faulted)
	w.call(10*sec, faulted)
	w.Fault(event.FaultEnded, 12*sec, event.Fault{Label: "crash", Fault: fault.Fault{Kind: fault.Crash}, Lasted: 9 * sec})
	w.call(15*sec, eventtest.Live(0))
	w.call(20*sec, eventtest.Live(0))
	all := w.snapshot(Query{Verdicts: 9}).Verdicts
	if len(all) != 1 || all[0].Kind != verdict.Injected || w.health(0).Ended != 12500*ms {
		t.Errorf("%+v", all)
	}
}

func TestAVerdictNamesTheTwoOutagesThatOverlapLongest(t *testing.T) {
	r := newRealRig(5)
	down := func(sensor int, began, ended time.Duration) {
		for _, c := range []health.Change{
			{From: health.Up, To: health.Down, Since: began}, {From: health.Down, To: health.Up, Began: began, Since: ended},
		} {
			if c.Since < 100*sec {
				r.Publish(event.Event{Kind: event.HealthChanged, Sensor: sensor, At: c.Since, Health: &c})
			}
		}
	}
	down(1, 5*sec, 8*sec)    // before
	down(2, 9*sec, 15*sec)   // 5 s
	down(3, 40*sec, 200*sec) // 10 s, and not over
	down(4, 20*sec, 40*sec)  // 20 s
	r.Call(10*sec, missing(0))
	r.Call(30*sec, missing(0))
	r.Publish(event.Event{Kind: event.HealthChanged, At: 30 * sec, Health: &health.Change{From: health.Up, To: health.Down, Since: 10 * sec}})
	r.Call(60*sec, eventtest.Live(0))
	r.Publish(event.Event{Kind: event.HealthChanged, At: 60 * sec, Health: &health.Change{
		From: health.Down, To: health.Up, Began: 10 * sec, Since: 50 * sec, PlusMinus: 15 * sec,
	}})
	v := r.snapshot(Query{Verdicts: 1}).Verdicts[0]
	want := []verdict.Overlap{
		{Sensor: 4, Name: "exhaust", Began: 20 * sec, Ended: 40 * sec},
		{Sensor: 3, Name: "coolant", Began: 40 * sec},
	}
	if !slices.Equal(v.Overlaps, want) || v.MoreOverlaps != 1 {
		t.Errorf("%+v and %d more", v.Overlaps, v.MoreOverlaps)
	}
}
