package fault

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/sensorstest"
	"resiltui/internal/sensors/simulated"
	"resiltui/internal/words"
)

// asks reads a sensor a number of times, a time apart, and returns how long each
// read took and how it ended.
func asks(t testing.TB, fault Fault, n int, apart time.Duration) (took []time.Duration, errs []error) {
	t.Helper()
	clock := &sensorstest.Clock{}
	f := faulty(t, clock)
	inject(t, f, fault, 0)
	for k := range n {
		at := time.Duration(k) * apart
		clock.T = at
		_, err := readOf(f, sensors.Request{Call: uint64(k + 1), Attempt: 1, At: at})
		took, errs = append(took, clock.Now()-at), append(errs, err)
	}
	return took, errs
}

func share64(n, of int) float64 { return float64(n) / float64(of) }

func failures(errs []error) (n int) {
	for _, err := range errs {
		if err != nil {
			n++
		}
	}
	return n
}

func TestJitterIsALogNormalTailOnEveryAttempt(t *testing.T) {
	clean := faulty(t, &sensorstest.Clock{})
	f := faulty(t, &sensorstest.Clock{})
	inject(t, f, Default(Jitter), 0)
	const n = 20_000
	half, tail := 0, 0
	for call := range uint64(n) {
		r := sensors.Request{Call: call + 1, Attempt: 1}
		extra := planOf(t, f, r).Latency - planOf(t, clean, r).Latency
		if extra < 50*time.Millisecond {
			half++
		}
		if extra > 150*time.Millisecond { // one standard deviation up
			tail++
		}
	}
	sensorstest.Near(t, "share under the median", share64(half, n), 0.5, 0.015)
	sensorstest.Near(t, "share over the spread", share64(tail, n), 0.1587, 0.012)
	if got := longTail(10*time.Second, 10, 8.3); got != sensors.MaxDelay {
		t.Errorf("the longest is %v, want an hour", got)
	}
}

func TestABurstFailsItsShareOfEveryPeriodAndTheFirstAtOnce(t *testing.T) {
	f := faulty(t, &sensorstest.Clock{})
	burst := inject(t, f, Fault{Kind: Burst, Period: 4 * time.Second, Rate: 0.25}, 3*time.Second)
	begins := map[time.Duration]bool{}
	for k := range 50 {
		down, first := 0, time.Duration(-1)
		start := burst.Start + time.Duration(k)*burst.Period
		for at := start; at < start+burst.Period; at += 10 * time.Millisecond {
			if planOf(t, f, sensors.Request{Call: 1, Attempt: 1, At: at}).Err != nil {
				down++
				if first < 0 {
					first = at - start
				}
			}
		}
		sensorstest.Near(t, fmt.Sprintf("period %d: share that fails", k), share64(down, 400), 0.25, 0.003)
		if k == 0 && first != 0 {
			t.Errorf("the first burst begins after %v", first)
		}
		begins[first] = true
	}
	if len(begins) < 30 {
		t.Errorf("the bursts begin at only %d places", len(begins))
	}
}

func TestFailFirstFailsTheFirstAttemptsAndIsOverThen(t *testing.T) {
	f := faulty(t, &sensorstest.Clock{})
	fault := inject(t, f, Fault{Kind: FailFirst, Count: 4}, time.Second)
	r := sensors.Request{Call: 1, At: 2 * time.Second}
	for attempt := 1; attempt <= 7; attempt++ {
		r.Attempt = attempt
		active := len(f.Active(r.At)) > 0
		_, err := f.Read(t.Context(), r)
		if failed := err != nil; failed != (attempt <= 4) || active != failed {
			t.Errorf("attempt %d: %v, active %v", attempt, err, active)
		}
	}
	if got := f.Expire(3 * time.Second); len(got) != 1 || got[0] != fault {
		t.Errorf("ended: %v", got)
	}
	if got := append(f.Expire(4*time.Second), f.Recover()...); got != nil {
		t.Errorf("its end is told again: %v", got)
	}
}

func TestABrownoutIsSlowerTheMoreItIsAskedAndForgets(t *testing.T) {
	clean, _ := asks(t, Default(Stuck), 30, 100*time.Millisecond)
	took, errs := asks(t, Fault{Kind: Brownout, Extra: 30 * time.Millisecond, Period: time.Second, Cap: 200 * time.Millisecond}, 30, 100*time.Millisecond)
	for k := range took {
		// Ten reads in a second are more than the cap allows.
		want := min(200*time.Millisecond, time.Duration(k)*30*time.Millisecond)
		if extra := took[k] - clean[k]; extra != want || errs[k] != nil {
			t.Errorf("read %d: %v more, %v; want %v", k, extra, errs[k], want)
		}
	}
	// Two a second: the one before is a half second old, the one before that
	// forgotten.
	clean, _ = asks(t, Default(Stuck), 9, 500*time.Millisecond)
	took, _ = asks(t, Fault{Kind: Brownout, Extra: 30 * time.Millisecond, Period: time.Second, Cap: time.Second}, 9, 500*time.Millisecond)
	if extra := took[8] - clean[8]; extra != 30*time.Millisecond {
		t.Errorf("%v more for one read that is not forgotten", extra)
	}
}

func TestABrownoutCountsAThousandReadsAtMost(t *testing.T) {
	f := faulty(t, &sensorstest.Clock{})
	inject(t, f, Fault{Kind: Brownout, Extra: time.Millisecond, Period: time.Minute, Cap: time.Minute}, 0)
	for call := range uint64(maxRecent + 50) {
		if _, err := f.Read(t.Context(), sensors.Request{Call: call, Attempt: 1, At: time.Duration(call)}); err != nil {
			t.Fatal(err)
		}
	}
	a := f.faults.Load().byStart[0]
	if n := len(a.counter.recent); n != maxRecent {
		t.Errorf("%d reads remembered", n)
	}
	if got := a.load(time.Second, false); got != time.Second {
		t.Errorf("%v more, want 1 s", got)
	}
}

func TestDriftMovesTheValueFromTheTruthByItsShareAMinute(t *testing.T) {
	f := faulty(t, &sensorstest.Clock{})
	inject(t, f, Fault{Kind: Drift, Rate: 0.2}, time.Minute)
	clean := faulty(t, &sensorstest.Clock{})
	for _, minutes := range []float64{0, 0.5, 1, 10} {
		r := sensors.Request{Call: 1, Attempt: 1, At: time.Minute + time.Duration(minutes*float64(time.Minute))}
		was, is := planOf(t, clean, r), planOf(t, f, r)
		want := was.Reading.Value * (1 + 0.2*minutes)
		if is.Err != nil || is.Latency != was.Latency || math.Abs(is.Reading.Value-want) > 2e-6 {
			t.Errorf("after %v min: %+v, want the value %v", minutes, is, want)
		}
	}
	if got := drifted(0.01, 0.5); got != 0.51 {
		t.Errorf("a value of nearly nothing drifts to %v", got)
	}
}

func TestSpikesAreFarOffUpAndDownInTheirShare(t *testing.T) {
	f := faulty(t, &sensorstest.Clock{})
	inject(t, f, Fault{Kind: Spike, Rate: 0.1, Factor: 10}, 0)
	clean := faulty(t, &sensorstest.Clock{})
	const n = 20_000
	up, down := 0, 0
	for call := range uint64(n) {
		r := sensors.Request{Call: call + 1, Attempt: 1}
		was, is := planOf(t, clean, r).Reading.Value, planOf(t, f, r).Reading.Value
		switch off := (is - was) / was; {
		case math.Abs(off-10) < 1e-5:
			up++
		case math.Abs(off+10) < 1e-5:
			down++
		case off != 0:
			t.Fatalf("%v became %v", was, is)
		}
	}
	sensorstest.Near(t, "share up", share64(up, n), 0.05, 0.007)
	sensorstest.Near(t, "share down", share64(down, n), 0.05, 0.007)
}

func TestARateLimitRefusesWhatIsTooMuchAndSaysWhenToComeBack(t *testing.T) {
	clock := &sensorstest.Clock{}
	f := faulty(t, clock)
	inject(t, f, Fault{Kind: RateLimit, Count: 2, Period: time.Second}, 500*time.Millisecond)
	for k, c := range []struct {
		at, after time.Duration // after is 0 where it is let through
	}{
		{500 * time.Millisecond, 0},
		{600 * time.Millisecond, 0},
		{700 * time.Millisecond, 799 * time.Millisecond},
		{1499 * time.Millisecond, 0}, // the wait is over when the refusal arrives
		{1500 * time.Millisecond, 0},
		{9 * time.Second, 0},
		{9100 * time.Millisecond, 0},
		{2 * time.Second, 7499 * time.Millisecond}, // came late: it counts for the newest period
		{9200 * time.Millisecond, 299 * time.Millisecond},
	} {
		clock.T = c.at
		_, err := f.Read(t.Context(), sensors.Request{Call: uint64(k), Attempt: 1, At: c.at})
		limited, ok := errors.AsType[sensors.LimitError](err)
		if k == 3 {
			if !ok || limited.After != 0 {
				t.Errorf("at %v: %v", c.at, err)
			}
			continue
		}
		if ok != (c.after > 0) || ok && (limited.RetryAfter() != c.after || clock.T-c.at != crashLatency) {
			t.Errorf("at %v: %v, %v; want %v", c.at, err, limited.After, c.after)
		}
	}
	err := error(sensors.LimitError{After: time.Second})
	if r, ok := errors.AsType[*sensors.ReadError](err); !ok || r.Text != err.Error() || !isAnswer(err) {
		t.Errorf("%v is no answer of a sensor", err)
	}
}

func TestACancelledAttemptIsTheCallersDoingAndReachesNothing(t *testing.T) {
	took, errs := asks(t, Fault{Kind: CallerCancel, Rate: 1, Extra: 20 * time.Millisecond}, 3, time.Second)
	for k, err := range errs {
		if !errors.Is(err, context.Canceled) || !errors.Is(err, ErrCallerGone) || errors.Is(err, context.DeadlineExceeded) || took[k] != 20*time.Millisecond {
			t.Errorf("%v after %v", err, took[k])
		}
	}
	_, errs = asks(t, Default(CallerCancel), 2000, time.Second)
	sensorstest.Near(t, "share cancelled", share64(failures(errs), 2000), 0.5, 0.04)

	f := faulty(t, &sensorstest.Clock{})
	inject(t, f, Fault{Kind: CallerCancel, Rate: 1, Extra: time.Millisecond}, 0)
	inject(t, f, Default(FailFirst), 0)
	inject(t, f, Default(Hang), 0)
	for range 9 {
		if _, err := f.Read(t.Context(), sensors.Request{Call: 1, Attempt: 1}); err != ErrCallerGone {
			t.Errorf("error %v", err)
		}
	}
	if n := f.faults.Load().byStart[1].counter.count; n != 0 {
		t.Errorf("%d attempts were counted that reached nothing", n)
	}
}

func TestAPanickingReadPanicsAfterTheSensorsTime(t *testing.T) {
	clean, _ := asks(t, Default(Stuck), 1, time.Second)
	took, errs := asks(t, Fault{Kind: Panic, Rate: 1}, 1, time.Second)
	if errs[0] != errPanic || took[0] != clean[0] {
		t.Errorf("%v after %v, want a panic after %v", errs[0], took[0], clean[0])
	}
	_, errs = asks(t, Default(Panic), 2000, time.Second)
	sensorstest.Near(t, "share that panics", share64(failures(errs), 2000), 0.2, 0.03)
}

func TestWhatIsRefusedDoesNotCountAsAskedFor(t *testing.T) {
	f := faulty(t, &sensorstest.Clock{})
	for _, kind := range []Number{Brownout, FailFirst, RateLimit} {
		inject(t, f, Default(kind), 0)
	}
	inject(t, f, Default(Crash), 0)
	for call := range uint64(5) {
		if _, err := f.Read(t.Context(), sensors.Request{Call: call, Attempt: 1}); err != errRefused {
			t.Fatal(err)
		}
	}
	for _, a := range f.faults.Load().byStart {
		if m := a.counter; m.count+len(m.recent) != 0 {
			t.Errorf("%v counted %+v of a crashed sensor", a.Kind, m)
		}
	}
}

func TestWhatIsMetCountsAndTakesAsMuchAsARead(t *testing.T) {
	for _, kind := range Kinds() {
		clock := &sensorstest.Clock{Limit: 24 * time.Hour}
		read, met := faulty(t, clock), faulty(t, clock)
		inject(t, read, kind.Default, 0)
		inject(t, met, kind.Default, 0)
		for call := uint64(1); call < 40; call++ {
			for attempt := 1; attempt <= 3; attempt++ {
				r := sensors.Request{Call: call, Attempt: attempt, At: time.Duration(call) * 500 * time.Millisecond}
				clock.T = r.At
				_, err := readOf(read, r)
				want := sensors.Plan{Latency: clock.Now() - r.At, Err: err}
				if got := met.Meet(r); got != want {
					t.Errorf("%s, call %d, attempt %d: %+v, read %+v", kind.Name, call, attempt, got, want)
				}
			}
		}
		if a, b := len(read.Active(time.Minute)), len(met.Active(time.Minute)); a != b {
			t.Errorf("%s: active %d, where it was read %d", kind.Name, b, a)
		}
	}
}

// A pipeline without policies asks once where another asks thrice. It is not to
// be spared, nor to suffer, for what the other does.
func TestTwoInjectorsAroundOneSensorCountApart(t *testing.T) {
	clock := &sensorstest.Clock{}
	inner := steadySensor(t, steady(clock))
	one, other := Wrap(inner, 42, clock.Sleep, clock.Now), Wrap(inner, 42, clock.Sleep, clock.Now)
	inject(t, one, Fault{Kind: FailFirst, Count: 3}, 0)
	inject(t, other, Fault{Kind: FailFirst, Count: 3}, 0)
	for k := range 5 {
		if failed := other.Meet(sensors.Request{Call: uint64(k), Attempt: 1}).Err != nil; failed != (k < 3) {
			t.Errorf("attempt %d: failed %v", k+1, failed)
		}
	}
	if len(one.Active(0)) != 1 || len(other.Active(0)) != 0 {
		t.Errorf("active: %v, and of the one that was asked %v", one.Active(0), other.Active(0))
	}
}

func TestTwoRunsWithTheSameReadsAgree(t *testing.T) {
	for _, kind := range Kinds() {
		if kind.Number == Hang {
			continue
		}
		took, errs := asks(t, kind.Default, 200, 300*time.Millisecond)
		took2, errs2 := asks(t, kind.Default, 200, 300*time.Millisecond)
		for k := range took {
			if took[k] != took2[k] || fmt.Sprint(errs[k]) != fmt.Sprint(errs2[k]) {
				t.Errorf("%s: read %d %v, %v and %v, %v", kind.Name, k, took[k], errs[k], took2[k], errs2[k])
			}
		}
	}
}

func TestBugI3EveryKindEndsAtItsTimeAndByRecover(t *testing.T) {
	for _, kind := range Kinds() {
		t.Run(kind.Name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				clock := &sensorstest.Clock{Limit: 24 * time.Hour}
				inner, _ := simulated.New(steady(clock))
				f := Wrap(inner, 7, clock.Sleep, clock.Now)
				fault := genFaultOf(t, kind, time.Second)
				fault.Until = 5 * time.Second
				if _, err := f.Inject(fault, time.Second); err != nil {
					t.Fatal(err)
				}
				if kind.Number != Hang {
					_, _ = readOf(f, sensors.Request{Call: 1, Attempt: 1, At: 2 * time.Second})
				}
				byRecover := rapid.Bool().Draw(t, "recover")
				at := 5 * time.Second
				if byRecover {
					at = 3 * time.Second
					f.Recover()
				}
				if left := f.Active(at); left != nil {
					t.Fatalf("left: %v", left)
				}
				r := sensors.Request{Call: 2, Attempt: 1, At: at}
				if got, want := (plannedInjector{f}).Plan(r), inner.Plan(r); got != want {
					t.Fatalf("the fault that ended still does something: %+v, want %+v", got, want)
				}
				if ended := len(f.Expire(at)); byRecover == (ended == 1) {
					t.Fatalf("%d ends told after it, recovered %v", ended, byRecover)
				}
			})
		})
	}
}

func TestASavedSensorGoesOnAsItWould(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clock := &sensorstest.Clock{Limit: 24 * time.Hour}
		inner, _ := simulated.New(steady(clock))
		f := Wrap(inner, 7, clock.Sleep, clock.Now)
		var kinds []Number
		for range rapid.IntRange(1, 4).Draw(t, "faults") {
			fault := genFault(t, time.Second)
			if fault.Kind == Hang {
				continue
			}
			if _, err := f.Inject(fault, time.Second); err != nil {
				t.Fatal(err)
			}
			kinds = append(kinds, fault.Kind)
		}
		play := func(f *Injector, from, to uint64) string {
			var log strings.Builder
			for call := from; call < to; call++ {
				at := time.Duration(call) * 400 * time.Millisecond
				clock.T = at
				r := sensors.Request{Call: call, Attempt: 1, At: at}
				reading, err := readOf(f, r)
				met := f.Meet(sensors.Request{Call: call, Attempt: 2, At: at})
				fmt.Fprintln(&log, reading, err, clock.Now(), met, f.Expire(at), f.Active(at))
			}
			return log.String()
		}
		play(f, 3, 10)
		saved := f.Save()
		want := play(f, 10, 30)
		again := Wrap(inner, 7, clock.Sleep, clock.Now)
		for range 2 {
			if err := again.Load(saved); err != nil {
				t.Fatal(err)
			}
			if got := play(again, 10, 30); got != want {
				t.Fatalf("with %v after loading:\n%s\nwant\n%s", kinds, got, want)
			}
		}
	})
}

func TestASavedSensorKeepsTheCountsOfTheSensorWithin(t *testing.T) {
	clock := &sensorstest.Clock{}
	c := steady(clock)
	c.FailWindows = []simulated.Window{{From: 0, To: time.Hour}}
	f := Wrap(simulated.NewLucky(steadySensor(t, c), 3), 1, clock.Sleep, clock.Now)
	var outcomes []bool
	ask := func() {
		_, err := f.Read(t.Context(), sensors.Request{Call: 1, Attempt: 1})
		outcomes = append(outcomes, err == nil)
	}
	ask()
	ask()
	saved := f.Save()
	ask()
	ask()
	if err := f.Load(saved); err != nil {
		t.Fatal(err)
	}
	ask()
	ask()
	if got, want := fmt.Sprint(outcomes), "[false false true false true false]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if err := f.Load(State{}); err == nil {
		t.Error("it takes the state of a sensor that counts nothing")
	}
}

func TestParametersHaveRangesAndStepsThatValidateKnows(t *testing.T) {
	for _, kind := range Kinds() {
		names := map[string]bool{}
		for _, p := range kind.Params {
			what := kind.Name + " " + p.Name
			if names[p.Name] || p.Label == "" || p.Unit == "" || p.Step <= 0 {
				t.Errorf("%s: %+v", what, p)
			}
			names[p.Name] = true
			f := kind.Default
			if p.Get(f) < p.Min || p.Get(f) > p.Max {
				t.Errorf("%s: the default %v is %s", what, p.Get(f), p.Range())
			}
			for x, ok := range map[float64]bool{
				p.Min: true, p.Max: true, p.Min - 0.05: false, p.Max + 1: false,
				math.NaN(): false, math.Inf(1): false, -1e300: false,
			} {
				p.Set(&f, x)
				if err := f.Validate(); (err == nil) != ok || (p.Check(x) == nil) != ok {
					t.Errorf("%s = %v: %v, %v", what, x, err, p.Check(x))
				} else if ok && p.Get(f) != x {
					t.Errorf("%s = %v is read as %v", what, x, p.Get(f))
				}
			}
			f = kind.Default
			for _, up := range []bool{true, false} {
				for range 2000 {
					p.Move(&f, up)
					if err := f.Validate(); err != nil {
						t.Fatal(err)
					}
				}
			}
			if p.Max/p.Step <= 2000 && p.Get(f) != p.Min {
				t.Errorf("%s: the least is %s", what, p.Text(f))
			}
		}
	}
	if p := FailFirst.kind().Params[0]; p.Check(2.5) == nil {
		t.Error("half an attempt")
	}
	f := Default(Slow)
	p := Slow.kind().Params[0]
	p.Set(&f, 1)
	for _, want := range []string{"50 ms", "100 ms"} {
		if p.Move(&f, true); p.Text(f) != want {
			t.Errorf("%s, want %s", p.Text(f), want)
		}
	}
}

func TestTheTimeToLiveIsAParameterOfEveryKind(t *testing.T) {
	p := Life()
	f := Default(Crash)
	if p.Get(f) != 0 {
		t.Errorf("life %v", p.Get(f))
	}
	p.Set(&f, 9)
	if f.Until != 9*time.Second || p.Text(f) != "9 s" || f.Validate() != nil {
		t.Errorf("until %v", f.Until)
	}
	if p.Set(&f, 0); f.Until != 0 {
		t.Errorf("until %v", f.Until)
	}
}

func TestEveryKindIsDescribedInOneLine(t *testing.T) {
	seen := map[string]bool{"": true}
	for _, kind := range Kinds() {
		d := kind.Help
		if seen[d] || words.Clean(d, 120) != d {
			t.Errorf("%s: %q", kind.Name, d)
		}
		seen[d] = true
		if strings.Contains(d, "no policy sees it") != kind.Number.WrongValue() {
			t.Errorf("%s: %q, wrong value %v", kind.Name, d, kind.Number.WrongValue())
		}
	}
	if Number(99).WrongValue() || Number(0).String() != "fault(0)" || Number(99).String() != "fault(99)" {
		t.Error("words for what is no kind")
	}
}
