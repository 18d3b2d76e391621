package fault

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/sensorstest"
	"resiltui/internal/sensors/simulated"
)

// steady is a sensor that never fails and has no noise.
func steady(c *sensorstest.Clock) simulated.Config {
	return simulated.Config{
		Info:    sensors.Info{ID: "S3", Name: "coolant", Unit: "bar", Decimals: 2},
		Seed:    42,
		Signal:  simulated.Sine{Mean: 5, Amplitude: 1, Period: time.Minute},
		Latency: simulated.Latency{Median: 50 * time.Millisecond, Sigma: 0.3},
		Sleep:   c.Sleep,
	}
}

func steadySensor(t testing.TB, c simulated.Config) *simulated.Sensor {
	t.Helper()
	s, err := simulated.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// faulty wraps a sensor that never fails and has no noise.
func faulty(t testing.TB, clock *sensorstest.Clock) *Injector {
	t.Helper()
	return Wrap(steadySensor(t, steady(clock)), 42, clock.Sleep, clock.Now)
}

func inject(t testing.TB, f *Injector, fault Fault, at time.Duration) Fault {
	t.Helper()
	fault, err := f.Inject(fault, at)
	if err != nil {
		t.Fatal(err)
	}
	return fault
}

func planOf(t testing.TB, f *Injector, r sensors.Request) sensors.Plan {
	t.Helper()
	p, ok := sensors.AsPlanned(f)
	if !ok {
		t.Fatal("not planned")
	}
	return p.Plan(r)
}

// plain is a sensor with neither plan nor truth. It fails where err is set.
type plain struct {
	clock *sensorstest.Clock
	value float64
	err   error
	asked []sensors.Request
}

func (p *plain) Info() sensors.Info { return sensors.Info{ID: "P"} }

func (p *plain) Read(ctx context.Context, r sensors.Request) (sensors.Reading, error) {
	p.asked = append(p.asked, r)
	if err := p.clock.Sleep(ctx, 20*time.Millisecond); err != nil {
		return sensors.Reading{}, err
	}
	return sensors.Reading{Value: p.value, At: p.clock.Now()}, p.err
}

func TestEachFaultDoesWhatItsCommentSays(t *testing.T) {
	r := sensors.Request{Call: 1, Attempt: 1, At: 10 * time.Second}
	clean := planOf(t, faulty(t, &sensorstest.Clock{}), r)
	for _, c := range []struct {
		name   string
		faults []Fault
		check  func(sensors.Plan) bool
	}{
		{"none", nil, func(p sensors.Plan) bool { return p == clean && p.Err == nil }},
		{"crash", []Fault{{Kind: Crash}}, func(p sensors.Plan) bool {
			return p.Latency == time.Millisecond && p.Err.Error() == "connection refused"
		}},
		{"hang", []Fault{{Kind: Hang}}, func(p sensors.Plan) bool { return p.Latency == 20*time.Second && p.Err == errNoAnswer }},
		{"slow", []Fault{{Kind: Slow, Extra: time.Second}}, func(p sensors.Plan) bool {
			return p.Latency == clean.Latency+time.Second && p.Reading.At == r.At+p.Latency && p.Err == nil
		}},
		{"errors", []Fault{{Kind: Errors, Rate: 1}}, func(p sensors.Plan) bool {
			return p.Latency == clean.Latency && p.Err != nil && p.Reading == sensors.Reading{}
		}},
		{"corrupt", []Fault{{Kind: Corrupt}}, func(p sensors.Plan) bool {
			return p.Latency == clean.Latency && p.Err == nil && p.Reading.Value != clean.Reading.Value
		}},
		{"hang beats crash", []Fault{{Kind: Crash}, {Kind: Hang}}, func(p sensors.Plan) bool { return p.Err == errNoAnswer }},
		{"crash beats errors", []Fault{{Kind: Errors, Rate: 1}, {Kind: Crash}}, func(p sensors.Plan) bool {
			return p.Err == errRefused
		}},
		{"slow adds to a crash", []Fault{{Kind: Crash}, {Kind: Slow, Extra: time.Second}}, func(p sensors.Plan) bool {
			return p.Latency == time.Second+time.Millisecond
		}},
		{"flap is down first", []Fault{{Kind: Flap, Period: 3 * time.Second}}, func(p sensors.Plan) bool { return p.Err == errRefused }},
		{"flap is up then", []Fault{{Kind: Flap, Period: 2 * time.Second}}, func(p sensors.Plan) bool { return p == clean }},
		{"stuck before corrupt", []Fault{{Kind: Corrupt}, {Kind: Stuck}}, func(p sensors.Plan) bool {
			f := faulty(t, &sensorstest.Clock{})
			return p.Reading.Value == garble(f.stream("corrupt"), r, f.truth.Truth(9*time.Second))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := faulty(t, &sensorstest.Clock{})
			for _, fault := range c.faults {
				inject(t, f, fault, 9*time.Second)
			}
			if p := planOf(t, f, r); !c.check(p) {
				t.Errorf("plan %+v; without faults %+v", p, clean)
			}
		})
	}
}

// genFault draws a valid fault that starts at a time.
func genFault(t *rapid.T, at time.Duration) Fault {
	return genFaultOf(t, rapid.SampledFrom(Kinds()).Draw(t, "kind"), at)
}

// genFaultOf draws a valid fault of a kind, small and large ones alike.
func genFaultOf(t *rapid.T, kind Kind, at time.Duration) Fault {
	f := kind.Default
	for _, p := range kind.Params {
		most := p.Max
		if rapid.Bool().Draw(t, "small") {
			most = min(most, 20*p.Step)
		}
		x := rapid.Float64Range(p.Min, most).Draw(t, p.Name)
		if p.Whole {
			x = math.Trunc(x)
		}
		p.Set(&f, x)
	}
	if rapid.Bool().Draw(t, "expires") {
		f.Until = at + time.Duration(rapid.Int64Range(1, int64(10*time.Second)).Draw(t, "ttl"))
	}
	return f
}

// readOf is what a read gave: an error that it panicked with is one too.
func readOf(f *Injector, r sensors.Request) (reading sensors.Reading, err error) {
	defer func() {
		if v := recover(); v != nil {
			reading, err = sensors.Reading{}, v.(error)
		}
	}()
	return f.Read(context.Background(), r)
}

// countsReads is true for the kinds that depend on how often they were asked.
func countsReads(k Number) bool {
	stage := k.kind().stage
	return stage == admitting || stage == arriving
}

func TestAFaultyReadDoesWhatItsPlanSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clock := &sensorstest.Clock{Limit: 24 * time.Hour}
		c := steady(clock)
		c.FailProbability, c.Noise = 0.3, 0.1
		inner, err := simulated.New(c)
		if err != nil {
			t.Fatal(err)
		}
		f := Wrap(inner, 42, clock.Sleep, clock.Now)
		planned, _ := f.Planned()
		for call := uint64(1); call <= 12; call++ {
			at := time.Duration(call) * time.Second
			if rapid.Bool().Draw(t, "inject") {
				if _, err := f.Inject(genFault(t, at), at); err != nil {
					t.Fatal(err)
				}
			}
			r := sensors.Request{Call: call, Attempt: rapid.IntRange(1, 3).Draw(t, "attempt"), At: at}
			plan := planned.Plan(r)
			if again := planned.Plan(r); again != plan {
				t.Fatalf("planned %+v the second time, %+v the first", again, plan)
			}
			counts := slices.ContainsFunc(f.Active(at), func(f Fault) bool { return countsReads(f.Kind) })
			clock.T = at
			reading, err := readOf(f, r)
			took := clock.Now() - at
			if plan.Hang {
				if err != context.DeadlineExceeded {
					t.Fatalf("a hanging read gave %v, %v", reading, err)
				}
				continue
			}
			if reading != plan.Reading || err != plan.Err || took != plan.Latency {
				t.Fatalf("read (%v, %v) in %v, planned %+v", reading, err, took, plan)
			}
			if again := planned.Plan(r); again != plan && !counts {
				t.Fatalf("planned %+v after the read, %+v before", again, plan)
			}
		}
	})
}

func TestBugI3RecoverProvesThatNoFaultIsLeft(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clock := &sensorstest.Clock{}
		inner, _ := simulated.New(steady(clock))
		f := Wrap(inner, 1, clock.Sleep, clock.Now)
		kinds := map[Number]bool{}
		for at := range time.Duration(rapid.IntRange(0, 20).Draw(t, "n")) {
			fault, err := f.Inject(genFault(t, at), at)
			if err != nil {
				t.Fatal(err)
			}
			kinds[fault.Kind] = true
		}
		if ended := f.Recover(); len(ended) != len(kinds) {
			t.Fatalf("%d faults ended, %d kinds were injected", len(ended), len(kinds))
		}
		for _, at := range []time.Duration{0, 1, 30, time.Second, time.Hour, math.MaxInt64} {
			if left := f.Active(at); len(left) != 0 {
				t.Fatalf("left at %v: %v", at, left)
			}
		}
		p, _ := f.Planned()
		r := sensors.Request{Call: 1, Attempt: 1, At: 40}
		if p.Plan(r) != inner.Plan(r) {
			t.Fatal("a recovered sensor is not the sensor")
		}
		if again := f.Recover(); again != nil {
			t.Fatalf("%v ended twice", again)
		}
	})
}

func TestBugI3AFaultEndsByItselfWhenItsTimeHasCome(t *testing.T) {
	f := faulty(t, &sensorstest.Clock{})
	crash := inject(t, f, Fault{Kind: Crash, Until: 9 * time.Second}, 5*time.Second)
	slow := inject(t, f, Default(Slow), 6*time.Second)
	for at, want := range map[time.Duration]bool{
		5*time.Second - 1: false, 5 * time.Second: true, 9*time.Second - 1: true, 9 * time.Second: false,
	} {
		if got := planOf(t, f, sensors.Request{Call: 1, Attempt: 1, At: at}).Err != nil; got != want {
			t.Errorf("at %v: crashed %v, want %v", at, got, want)
		}
	}
	if diff := cmp.Diff([]Fault{crash, slow}, f.Active(7*time.Second)); diff != "" {
		t.Error(diff)
	}
	if ended := f.Expire(9*time.Second - 1); ended != nil {
		t.Errorf("ended early: %v", ended)
	}
	if diff := cmp.Diff([]Fault{crash}, f.Expire(9*time.Second)); diff != "" {
		t.Error(diff)
	}
	if ended := f.Expire(9 * time.Second); ended != nil {
		t.Errorf("told twice: %v", ended)
	}
	if diff := cmp.Diff([]Fault{slow}, f.Active(time.Hour)); diff != "" {
		t.Error(diff)
	}
}

func TestASecondFaultOfAKindReplacesTheFirst(t *testing.T) {
	f := faulty(t, &sensorstest.Clock{})
	inject(t, f, Default(Slow), time.Second)
	crash := inject(t, f, Default(Crash), 2*time.Second)
	slower := inject(t, f, Fault{Kind: Slow, Extra: time.Second}, 3*time.Second)
	if diff := cmp.Diff([]Fault{crash, slower}, f.Active(4*time.Second)); diff != "" {
		t.Error(diff)
	}
	if _, err := f.Inject(Fault{Kind: Slow}, 5*time.Second); err == nil {
		t.Error("a slow fault without an extra was taken")
	}
	if len(f.Active(6*time.Second)) != 2 {
		t.Error("a refused fault changed the list")
	}
}

func TestErrorsFailTheirShareAndTheDrawsAreAddressed(t *testing.T) {
	f := faulty(t, &sensorstest.Clock{})
	inject(t, f, Fault{Kind: Errors, Rate: 0.3}, 0)
	const n = 20_000
	failed, texts := 0, map[string]int{}
	for call := range uint64(n) {
		if err := planOf(t, f, sensors.Request{Call: call, Attempt: 2}).Err; err != nil {
			failed++
			texts[err.Error()]++
		}
	}
	sensorstest.Near(t, "share of errors", float64(failed)/n, 0.3, 0.017)
	if len(texts) != len(ErrorTexts()) {
		t.Errorf("texts %v", texts)
	}
}

func TestACorruptValueIsFiniteAndImplausible(t *testing.T) {
	draw := faulty(t, &sensorstest.Clock{}).stream("corrupt")
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(-1e15, 1e15).Draw(t, "value")
		if rapid.Bool().Draw(t, "small") {
			v = rapid.Float64Range(-10, 10).Draw(t, "small value")
		}
		r := sensors.Request{Call: rapid.Uint64().Draw(t, "call"), Attempt: 1}
		got := garble(draw, r, v)
		if math.IsNaN(got) || math.Abs(got) > sensors.MaxValue {
			t.Fatalf("%v became %v", v, got)
		}
		if math.Abs(v) < 1e13 && math.Abs(got-v) < 8*math.Max(1, math.Abs(v)) {
			t.Fatalf("%v became %v, which could be true", v, got)
		}
	})
	if got := garble(draw, sensors.Request{}, sensors.MaxValue); got == sensors.MaxValue {
		t.Error("the greatest value stays as it is")
	}
	kinds := map[string]bool{}
	for call := range uint64(50) {
		got := garble(draw, sensors.Request{Call: call, Attempt: 1}, 5)
		kinds[fmt.Sprint(got < 0, got == 500)] = true
	}
	if len(kinds) != 3 {
		t.Errorf("kinds of corruption %v, want 3", kinds)
	}
}

func TestAStuckSensorKeepsTheLastGoodValueFromBefore(t *testing.T) {
	clock := &sensorstest.Clock{}
	f := faulty(t, clock)
	before, err := f.Read(context.Background(), sensors.Request{Call: 1, Attempt: 1, At: 3 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	// A read that ends late, with an older value, is no newer.
	if _, err := f.Read(context.Background(), sensors.Request{Call: 2, Attempt: 1, At: time.Second}); err != nil {
		t.Fatal(err)
	}
	inject(t, f, Default(Stuck), 5*time.Second)
	for call := uint64(3); call < 9; call++ {
		at := time.Duration(call) * 2 * time.Second
		got, err := f.Read(context.Background(), sensors.Request{Call: call, Attempt: 1, At: at})
		if err != nil || got.Value != before.Value || got.At < at {
			t.Errorf("%v, %v; want the value %v of before with a time of now", got, err, before.Value)
		}
	}
}

func TestAStuckSensorWithoutAnEarlierValueKeepsTheFirst(t *testing.T) {
	clock := &sensorstest.Clock{}
	inner := &plain{clock: clock, value: 1}
	f := Wrap(inner, 1, clock.Sleep, nil)
	if _, ok := sensors.AsPlanned(f); ok {
		t.Error("planned without a plan")
	}
	if _, ok := sensors.AsTruth(f); ok {
		t.Error("a truth without a signal")
	}
	inject(t, f, Default(Stuck), 0)
	for k := range 3 {
		inner.value = float64(k + 1)
		if got, err := f.Read(context.Background(), sensors.Request{Call: uint64(k), Attempt: 1}); err != nil || got.Value != 1 {
			t.Errorf("%v, %v; want 1", got, err)
		}
	}
	// The sensor's own failure is no value.
	inner.err = &sensors.ReadError{Text: "bad frame"}
	if _, err := f.Read(context.Background(), sensors.Request{Call: 9, Attempt: 1}); err != inner.err {
		t.Errorf("error %v", err)
	}
}

func TestErrorsHideTheSensorsOwnAnswerButNotTheEndOfTheWait(t *testing.T) {
	clock := &sensorstest.Clock{}
	inner := &plain{clock: clock, err: &sensors.ReadError{Text: "bad frame"}}
	f := Wrap(inner, 1, clock.Sleep, clock.Now)
	inject(t, f, Fault{Kind: Errors, Rate: 1}, 0)
	if _, err := f.Read(context.Background(), sensors.Request{Call: 1, Attempt: 1}); err == nil || err == inner.err {
		t.Errorf("error %v, want an injected one", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := f.Read(ctx, sensors.Request{Call: 1, Attempt: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want the caller's own", err)
	}
}

func TestASlowedRealSensorIsAskedAtTheTimeThatItIs(t *testing.T) {
	for name, c := range map[string]struct {
		now  bool
		want time.Duration
	}{"with a clock": {true, 7*time.Second + 150*time.Millisecond}, "without": {false, 150 * time.Millisecond}} {
		clock := &sensorstest.Clock{T: 7 * time.Second} // the caller's request is 7 s old
		inner := &plain{clock: clock}
		f := Wrap(inner, 1, clock.Sleep, nil)
		if c.now {
			f = Wrap(inner, 1, clock.Sleep, clock.Now)
		}
		inject(t, f, Default(Slow), 0)
		if _, err := f.Read(context.Background(), sensors.Request{Call: 1, Attempt: 1}); err != nil {
			t.Fatal(err)
		}
		if got := inner.asked[0].At; got != c.want {
			t.Errorf("%s: asked at %v, want %v", name, got, c.want)
		}
	}
}

func TestEveryWaitOfAFaultEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, kind := range Kinds() {
		f := faulty(t, &sensorstest.Clock{})
		inject(t, f, kind.Default, 0)
		if _, err := f.Read(ctx, sensors.Request{Call: 1, Attempt: 1}); err != context.Canceled {
			t.Errorf("%s: error %v", kind.Name, err)
		}
	}
}

// hangs is a planned sensor that never answers.
type hangs struct{ *simulated.Sensor }

func (hangs) Plan(sensors.Request) sensors.Plan { return sensors.Plan{Hang: true} }

func TestAPlanPassesOnWhatTheSensorWithinPlans(t *testing.T) {
	clock := &sensorstest.Clock{}
	inner := hangs{steadySensor(t, steady(clock))}
	f := Wrap(inner, 1, clock.Sleep, clock.Now)
	inject(t, f, Fault{Kind: Errors, Rate: 1}, 0)
	if p := planOf(t, f, sensors.Request{Call: 1, Attempt: 1}); !p.Hang || p.Err != nil {
		t.Errorf("plan %+v", p)
	}
}

func TestFaultsDoNotTouchInfoAndTruthAndCanBeNested(t *testing.T) {
	clock := &sensorstest.Clock{}
	f := faulty(t, clock)
	outer := Wrap(f, 1, clock.Sleep, clock.Now)
	inject(t, outer, Default(Corrupt), 0)
	p, ok := sensors.AsPlanned(outer)
	if !ok {
		t.Fatal("not planned")
	}
	for _, s := range []sensors.Sensor{f, outer, p} {
		truth, ok := sensors.AsTruth(s)
		if !ok || truth.Truth(time.Second) != steady(clock).Signal.At(time.Second) {
			t.Errorf("%T: the truth is lost", s)
		}
		if s.Info() != steady(clock).Info {
			t.Errorf("%T: info %v", s, s.Info())
		}
	}
}

func TestCommandsAndReadsMayComeAtOnce(t *testing.T) {
	f := Wrap(steadySensor(t, steady(&sensorstest.Clock{})), 1, func(context.Context, time.Duration) error { return nil }, nil)
	var group sync.WaitGroup
	for worker := range 4 {
		group.Go(func() {
			for k := range 300 {
				at := time.Duration(k)
				kind := []Number{Crash, Slow, Errors, Stuck}[worker] // no Hang: this sleeper would spin
				if _, err := f.Inject(Default(kind), at); err != nil {
					t.Error(err)
				}
				_, _ = f.Read(context.Background(), sensors.Request{Call: uint64(k), Attempt: 1, At: at})
				f.Expire(at)
			}
		})
	}
	group.Wait()
	if got := f.Active(time.Hour); len(got) != 4 {
		t.Errorf("active %v, want one of each kind", got)
	}
}

func TestAReadWithFaultsDoesNotAllocate(t *testing.T) {
	f := faulty(t, &sensorstest.Clock{})
	for _, kind := range []Number{Slow, Errors, Corrupt, Stuck} {
		inject(t, f, Default(kind), 0)
	}
	ctx, call := context.Background(), uint64(0)
	if n := testing.AllocsPerRun(500, func() {
		call++
		_, _ = f.Read(ctx, sensors.Request{Call: call, Attempt: 1})
	}); n != 0 {
		t.Errorf("%v allocations a read", n)
	}
}

func TestABadFaultNamesTheFieldTheValueAndTheRange(t *testing.T) {
	for want, f := range map[string]Fault{
		"fault(0): there is no such kind":                                                 {},
		"fault(99): there is no such kind":                                                {Kind: 99},
		"slow: extra 0 ms is not between 1 and 60000 ms":                                  {Kind: Slow},
		"slow: extra -1000 ms is not":                                                     {Kind: Slow, Extra: -time.Second},
		"errors: share 150 % is not between 1 and 100 %":                                  {Kind: Errors, Rate: 1.5},
		"errors: share NaN % is not":                                                      {Kind: Errors, Rate: math.NaN()},
		"flap: period 0 s is not between 0.1 and 600 s":                                   {Kind: Flap},
		"fail-first: count -1 attempts is not a whole number between 1 and 1000 attempts": {Kind: FailFirst, Count: -1},
		"crash: start -1ns is before the run":                                             {Kind: Crash, Start: -1},
		"crash: until 1ns is not after start 1ns":                                         {Kind: Crash, Start: 1, Until: 1},
	} {
		if err := f.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
