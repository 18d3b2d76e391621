package sensors

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// crashLatency is how long a refused connection takes.
const crashLatency = time.Millisecond

// hangLimit is after which time an attempt that gets no answer fails by itself, as
// an operating system gives up a connection. Without it, and without a timeout, the
// batch would never end, and with it no command that could end the fault.
const hangLimit = 20 * time.Second

// errNoAnswer is what such an attempt fails with.
var errNoAnswer = errors.New("no answer within 20 s, the system gave up")

// Faulty wraps a sensor with faults that are injected and recovered while it is
// read. Without faults it is the sensor.
//
// An attempt meets the faults that are active at its start ([Request].At), and
// keeps them to its end: a read that hangs does so for 20 s or until its context ends, even
// if the fault is recovered meanwhile. Where several are active:
//
//   - an attempt that CallerCancel ends meets nothing else;
//   - Slow and Jitter add to everything else, refusals included;
//   - then Hang beats Crash and the down half of Flap, and these beat RateLimit;
//   - what gets so far has reached the sensor: Brownout and FailFirst count it,
//     and Brownout adds to it;
//   - then Panic beats Burst, FailFirst and Errors;
//   - a value that comes through is Stuck first, then drifts, then is a Spike,
//     and Corrupt then.
//
// Panic, Errors and its like, and what makes a value wrong, change what the
// sensor answers, so they wait for it as long as it takes. The first two hide
// the sensor's own answer, good or bad; a stuck or corrupt sensor still fails
// when the sensor within does.
//
// FailFirst, Brownout and RateLimit depend on how often the sensor was asked.
// They count what Read is asked, by order and by time of the run, so that two
// runs with the same reads agree; a [Twin] is counted apart, and a plan never.
//
// All methods are safe for concurrent use. Commands replace the list of faults
// as a whole, and no lock is held while a read waits.
type Faulty struct {
	inner   Sensor
	planned Planned // inner, where it is Planned; else nil
	truth   Truth   // inner, where it has one; else nil
	sleep   Sleeper
	now     func() time.Duration

	// One stream for each thing that is drawn.
	errorDraw, errorText, corrupt           Stream
	jitter, burst, spike, cancel, panicDraw Stream
	errorTexts                              []error

	// faults is in order of start and is never changed in place.
	faults atomic.Pointer[[]*active]
	last   lastGood
}

// noFaults is the list of every sensor that none was injected into yet.
var noFaults []*active

// active is an injected fault and what it remembers.
type active struct {
	Fault
	// held is the value of a stuck sensor; nil until it has one. It is set
	// once.
	held atomic.Pointer[float64]
	// told is true once the end of the fault was returned to somebody.
	told atomic.Bool

	mu     sync.Mutex
	meters [readers]meter // guarded by mu
}

// NewFaulty wraps inner. The seed is the run's; sleep waits on the run's clock.
// Now is the time of that clock; it is asked for the start of a slowed read of
// a sensor that is not Planned, and may be nil, where the planned start is good
// enough.
func NewFaulty(inner Sensor, seed uint64, sleep Sleeper, now func() time.Duration) *Faulty {
	id := inner.Info().ID
	stream := func(purpose string) Stream { return NewStream(seed, id, "fault-"+purpose) }
	f := &Faulty{
		inner:      inner,
		sleep:      sleep,
		now:        now,
		errorDraw:  stream("errors"),
		errorText:  stream("error-text"),
		corrupt:    stream("corrupt"),
		jitter:     stream("jitter"),
		burst:      stream("burst"),
		spike:      stream("spike"),
		cancel:     stream("cancel"),
		panicDraw:  stream("panic"),
		errorTexts: injectedErrors(),
	}
	f.planned, _ = AsPlanned(inner)
	f.truth, _ = AsTruth(inner)
	f.faults.Store(&noFaults)
	return f
}

// Info describes the sensor within.
func (f *Faulty) Info() Info { return f.inner.Info() }

// Planned returns the sensor with its faults as a Planned, and false where the
// sensor within is none. Its plans are those of the faults at the time that
// Plan is called.
func (f *Faulty) Planned() (Planned, bool) {
	if f.planned == nil {
		return nil, false
	}
	return plannedFaulty{f}, true
}

// TrueSignal returns the hidden true signal of the sensor within, which faults
// do not touch, and false where there is none.
func (f *Faulty) TrueSignal() (Truth, bool) {
	return f.truth, f.truth != nil
}

// AsPlanned returns a sensor as a Planned, and false where it is none. It looks
// into a Faulty, which is Planned only if the sensor within is.
func AsPlanned(s Sensor) (Planned, bool) {
	if f, ok := s.(*Faulty); ok {
		return f.Planned()
	}
	p, ok := s.(Planned)
	return p, ok
}

// AsTruth returns the hidden true signal of a sensor, and false where there is
// none. It looks into a Faulty.
func AsTruth(s Sensor) (Truth, bool) {
	if f, ok := s.(interface{ TrueSignal() (Truth, bool) }); ok {
		return f.TrueSignal()
	}
	t, ok := s.(Truth)
	return t, ok
}

// plannedFaulty is a Faulty whose inner sensor is Planned.
type plannedFaulty struct{ *Faulty }

// Plan tells what Read does if it is the next to be called, while the faults
// are what they are now. A Plan with errPanic is a read that panics.
func (p plannedFaulty) Plan(r Request) Plan { return p.plan(r, own, false, true) }

// Fate is the Plan of a request without its Reading.
func (p plannedFaulty) Fate(r Request) Plan { return p.plan(r, own, false, false) }

// plan is the plan of an attempt of a reader, which counts or does not; without
// its Reading, unless that is asked for.
func (f *Faulty) plan(r Request, who reader, count, reading bool) Plan {
	if len(*f.faults.Load()) == 0 {
		return f.planInner(r, reading)
	}
	e := f.meet(r, who, count)
	switch {
	case e.gone > 0:
		return Plan{Latency: e.gone, Err: ErrCallerGone}
	case e.hang:
		return Plan{Latency: e.extra + hangLimit, Err: errNoAnswer}
	case e.refusal != nil:
		return Plan{Latency: e.extra + crashLatency, Err: e.refusal}
	}
	r.At += e.extra
	plan := f.planInner(r, reading)
	plan.Latency += e.extra
	if plan.Hang {
		return plan
	}
	if err := f.injectedError(e, r); err != nil {
		plan.Reading, plan.Err = Reading{}, err
	}
	if reading && plan.Err == nil {
		plan.Reading.Value = f.distort(e, r, plan.Reading.Value, false)
	}
	return plan
}

// planInner is the plan of the sensor within.
func (f *Faulty) planInner(r Request, reading bool) Plan {
	if reading {
		return f.planned.Plan(r)
	}
	return FateOf(f.planned, r)
}

// Read reads the sensor within as its faults let it. Where a sleep ends early,
// it returns the sleep's error as it is.
func (f *Faulty) Read(ctx context.Context, r Request) (Reading, error) {
	if len(*f.faults.Load()) == 0 {
		return f.readInner(ctx, r)
	}
	e := f.meet(r, own, true)
	if e.gone > 0 {
		return Reading{}, f.fail(ctx, e.gone, ErrCallerGone)
	}
	if e.extra > 0 {
		if err := f.sleep(ctx, e.extra); err != nil {
			return Reading{}, err
		}
		r.At += e.extra
		if f.planned == nil && f.now != nil {
			// A wall clock wakes sleepers late. What is not planned starts when
			// it starts.
			r.At = f.now()
		}
	}
	if e.hang {
		return Reading{}, f.fail(ctx, hangLimit, errNoAnswer)
	}
	if e.refusal != nil {
		return Reading{}, f.fail(ctx, crashLatency, e.refusal)
	}
	return f.answer(ctx, e, r)
}

// fail takes its time and fails.
func (f *Faulty) fail(ctx context.Context, after time.Duration, err error) error {
	if ended := f.sleep(ctx, after); ended != nil {
		return ended
	}
	return err
}

// answer reads the sensor within and changes what it said.
func (f *Faulty) answer(ctx context.Context, e effects, r Request) (Reading, error) {
	reading, err := f.readInner(ctx, r)
	if injected := f.injectedError(e, r); injected != nil && isAnswer(err) {
		if e.panics {
			panic(injected)
		}
		return Reading{}, injected
	}
	if err != nil {
		return Reading{}, err
	}
	reading.Value = f.distort(e, r, reading.Value, true)
	return reading, nil
}

// readInner reads the sensor within, and remembers what it said.
func (f *Faulty) readInner(ctx context.Context, r Request) (Reading, error) {
	reading, err := f.inner.Read(ctx, r)
	if err == nil {
		f.last.keep(reading)
	}
	return reading, err
}

// isAnswer reports whether a read came to an answer, good or bad. Every other
// error says that nobody waited for one.
func isAnswer(err error) bool {
	if err == nil {
		return true
	}
	_, ok := errors.AsType[*ReadError](err)
	return ok
}
