package fault

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"resiltui/internal/sensors"
)

// Injector wraps a sensor with faults that are injected and recovered while it is
// read. Without faults it behaves like the sensor.
//
// An attempt is affected by the faults that are active at its start
// ([sensors.Request].At), until its end: a read that hangs does so for 20 s or until
// its context ends, even if the fault is recovered meanwhile. Where several are active:
//
//   - an attempt that CallerCancel ends is not affected by any other;
//   - Slow and Jitter add to everything else, refusals included;
//   - then Hang takes precedence over Crash and the down half of Flap, and these
//     over RateLimit;
//   - an attempt that gets so far has reached the sensor: Brownout and
//     FailFirst count it, and Brownout adds to it;
//   - then Panic takes precedence over Burst, FailFirst and Errors;
//   - a value that the sensor answers is changed by Stuck, Drift, Spike and
//     Corrupt, in this order.
//
// Panic, Burst, FailFirst and Errors, and the faults that make values wrong,
// change the sensor's answer, so they wait for it as long as it takes. The
// first four replace the answer, good or bad; a sensor with a fault that makes
// values wrong still fails when the wrapped sensor fails.
//
// FailFirst, Brownout and RateLimit depend on how often the sensor was asked. They
// count the calls of Read and Meet, by order and by time of the run, so that two runs
// with the same reads agree; a plan is never counted. Two pipelines that read one
// sensor have an Injector each, so that the load of one does not affect the other.
//
// All methods are safe for concurrent use. Commands replace the list of faults
// as a whole, and no lock is held while a read waits.
type Injector struct {
	inner   sensors.Sensor
	planned sensors.Planned // inner, where it is Planned; else nil
	truth   sensors.Truth   // inner, where it has one; else nil
	sleep   sensors.Sleeper
	now     func() time.Duration
	seed    uint64

	// Errors, Burst and FailFirst share these streams; the other kinds have
	// their own.
	errorDraw, errorText sensors.Stream

	// faults is never changed in place.
	faults atomic.Pointer[faults]
	last   lastGood
}

// faults are the injected faults of a sensor, in order of start and in order of
// the stages.
type faults struct{ byStart, byStage []*active }

// noFaults is the list of every sensor without an injected fault so far.
var noFaults faults

// newFaults takes a list in order of start.
func newFaults(list []*active) *faults {
	staged := slices.Clone(list)
	slices.SortStableFunc(staged, func(a, b *active) int { return cmp.Compare(a.kind.stage, b.kind.stage) })
	return &faults{byStart: list, byStage: staged}
}

// active is an injected fault with its state.
type active struct {
	Fault
	kind *Kind
	// draw is the stream of the kind.
	draw sensors.Stream
	// held is the value of a stuck sensor; nil until it has one. It is set
	// once.
	held atomic.Pointer[float64]

	mu      sync.Mutex
	counter counter // guarded by mu
}

// Wrap wraps inner. The seed is the run's; sleep waits on the run's clock. Now
// is the time of that clock; it is asked for the start of a slowed read of a
// sensor that is not Planned, and may be nil, where the planned start is exact
// enough.
func Wrap(inner sensors.Sensor, seed uint64, sleep sensors.Sleeper, now func() time.Duration) *Injector {
	f := &Injector{inner: inner, sleep: sleep, now: now, seed: seed}
	f.errorDraw, f.errorText = f.stream("errors"), f.stream("error-text")
	f.planned, _ = sensors.AsPlanned(inner)
	f.truth, _ = sensors.AsTruth(inner)
	f.faults.Store(&noFaults)
	return f
}

// stream is the sensor's stream for a purpose of faults. Sensors that share their
// draws get the same draws for injected faults too.
func (f *Injector) stream(purpose string) sensors.Stream {
	info := f.inner.Info()
	return sensors.NewStream(f.seed, cmp.Or(info.Draws, info.ID), "fault-"+purpose)
}

// activate returns a valid fault as an active one, with an empty state.
func (f *Injector) activate(fault Fault) *active {
	kind := fault.Kind.kind()
	return &active{Fault: fault, kind: kind, draw: f.stream(kind.Name)}
}

// spent reports whether the fault has ended by itself before its Until.
func (a *active) spent() bool { return a.kind.spent != nil && a.kind.spent(a) }

// Info describes the wrapped sensor.
func (f *Injector) Info() sensors.Info { return f.inner.Info() }

// Planned returns the sensor with its faults as a Planned, and false where the
// wrapped sensor is none. Its plans are those of the faults at the time that
// Plan is called.
func (f *Injector) Planned() (sensors.Planned, bool) {
	if f.planned == nil {
		return nil, false
	}
	return plannedInjector{f}, true
}

// TrueSignal returns the hidden true signal of the wrapped sensor, which faults
// do not change, and false where there is none.
func (f *Injector) TrueSignal() (sensors.Truth, bool) {
	return f.truth, f.truth != nil
}

// plannedInjector is an Injector whose inner sensor is Planned.
type plannedInjector struct{ *Injector }

// Plan returns what Read does if it is called next, with the faults of now. A
// Plan with errPanic is a read that panics.
func (p plannedInjector) Plan(r sensors.Request) sensors.Plan { return p.plan(r, false, true) }

// Outcome is the Plan of a request without its Reading.
func (p plannedInjector) Outcome(r sensors.Request) sensors.Plan { return p.plan(r, false, false) }

// Meet reads the sensor, which must be Planned, without waiting: faults count it
// like any other read, and the result is its Plan, without the Reading.
func (f *Injector) Meet(r sensors.Request) sensors.Plan { return f.plan(r, true, false) }

// plan is the plan of an attempt. With count, faults count the attempt; with reading,
// the plan has its Reading.
func (f *Injector) plan(r sensors.Request, count, reading bool) sensors.Plan {
	if len(f.faults.Load().byStart) == 0 {
		return f.planInner(r, reading)
	}
	e := f.meet(r, count)
	if after, err := e.end(); err != nil {
		return sensors.Plan{Latency: after, Err: err}
	}
	r.At += e.extra
	plan := f.planInner(r, reading)
	plan.Latency += e.extra
	if plan.Hang {
		return plan
	}
	if err := f.injectedError(e); err != nil {
		plan.Reading, plan.Err = sensors.Reading{}, err
	}
	if reading && plan.Err == nil {
		plan.Reading.Value = e.distort(plan.Reading.Value, false)
	}
	return plan
}

// planInner is the plan of the wrapped sensor.
func (f *Injector) planInner(r sensors.Request, reading bool) sensors.Plan {
	if reading {
		return f.planned.Plan(r)
	}
	return sensors.OutcomeOf(f.planned, r)
}

// Read reads the wrapped sensor as far as the faults allow. Where a sleep ends
// early, it returns the sleep's error as it is.
func (f *Injector) Read(ctx context.Context, r sensors.Request) (sensors.Reading, error) {
	if len(f.faults.Load().byStart) == 0 {
		return f.readInner(ctx, r)
	}
	e := f.meet(r, true)
	if after, err := e.end(); err != nil {
		return sensors.Reading{}, cmp.Or(f.sleep(ctx, after), err)
	}
	if e.extra > 0 {
		if err := f.sleep(ctx, e.extra); err != nil {
			return sensors.Reading{}, err
		}
		r.At += e.extra
		if f.planned == nil && f.now != nil {
			// A wall clock wakes sleepers late, so the real start is taken.
			r.At = f.now()
		}
	}
	return f.answer(ctx, e, r)
}

// answer reads the wrapped sensor and changes its answer as the faults say.
func (f *Injector) answer(ctx context.Context, e effects, r sensors.Request) (sensors.Reading, error) {
	reading, err := f.readInner(ctx, r)
	if injected := f.injectedError(e); injected != nil && isAnswer(err) {
		if e.panics {
			panic(injected)
		}
		return sensors.Reading{}, injected
	}
	if err != nil {
		return sensors.Reading{}, err
	}
	reading.Value = e.distort(reading.Value, true)
	return reading, nil
}

// readInner reads the wrapped sensor, and remembers a good answer.
func (f *Injector) readInner(ctx context.Context, r sensors.Request) (sensors.Reading, error) {
	reading, err := f.inner.Read(ctx, r)
	if err == nil {
		f.last.keep(reading)
	}
	return reading, err
}

// isAnswer reports whether a read got an answer, good or bad. Any other error
// means that the read was cut short.
func isAnswer(err error) bool {
	if err == nil {
		return true
	}
	_, ok := errors.AsType[*sensors.ReadError](err)
	return ok
}
