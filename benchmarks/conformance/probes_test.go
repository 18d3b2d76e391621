package conformance

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/failsafe-go/failsafe-go/retrypolicy"

	"resiltui/internal/engine"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
)

const noRetries = "it is a breaker only"

// probeRows are too many probes, and results that come late.
func probeRows() []row {
	return []row{
		{
			id: "B1", bug: "half-open lets everyone in",
			asks: "Of 20 calls at once in half-open, 3 are let through where 3 good probes close.",
			play: crowdInHalfOpen,
		},
		{
			id: "B2", bug: "a race at open to half-open admits two",
			asks: "Of 8 goroutines that call at the moment a probe is due, one is let through; 200 times.",
			play: raceToHalfOpen,
		},
		{
			id: "B3", bug: "more probes in all than closing needs",
			asks: "3 good probes close; 2 of 3 have been good and one is out: no other is let through.",
			play: probesInAll, fails: both("", "5 probes were let through where 3 good ones close"),
		},
		{
			id: "B4", bug: "retries spent on an open circuit",
			asks:   "Retries and breaker in the order of each (ours breaker around retry, theirs retry around breaker): a call on an open circuit is one refusal.",
			own:    map[string]func(*testing.T) string{"resiltui": oursRetriesOnOpen, "failsafe-go": failsafeRetriesOnOpen},
			skip:   map[string]string{"gobreaker": noRetries},
			when:   map[string]string{"failsafe-go": "by default"},
			mended: map[string]func(*testing.T) string{"failsafe-go": failsafeAbortsOnOpen},
			fails: map[string]string{
				"failsafe-go": "the open circuit was asked 3 times",
			},
			note: map[string]string{
				"resiltui":    "the engine's stack, breaker around retry; whoever puts a retry.Policy around a breaker by hand must name breaker.ErrOpen in Never, or it is retried here too",
				"failsafe-go": "retry around breaker, the order in the documentation of With; AbortOnErrors(circuitbreaker.ErrOpen) avoids it, and so does breaker around retry",
			},
		},
		{
			id: "C1", bug: "a call begun while closed decides half-open",
			asks: "Calls from before the opening succeed and fail while a probe is out: the circuit stays half-open.",
			play: lateInHalfOpen, fails: both("", "a late success made the circuit closed"),
		},
		{
			id: "C2", bug: "a late failure while open restarts the delay",
			asks: "A call from before the opening fails 1 s before a probe is due: the probe is let through in time.",
			play: lateInOpen,
		},
	}
}

func crowdInHalfOpen(t *testing.T, l library) string {
	r := l.rig(t, settings{probes: 3})
	r.trip()
	r.wait()
	if got := crowd(r, 20); got != 3 {
		return fmt.Sprintf("%d were let through", got)
	}
	return ""
}

func raceToHalfOpen(t *testing.T, l library) string {
	for range 200 {
		r := l.rig(t, settings{})
		r.trip()
		r.wait()
		if got := crowd(r, 8); got != 1 {
			return fmt.Sprintf("%d were let through", got)
		}
	}
	return ""
}

// crowd lets n goroutines call at once and counts those let through.
func crowd(r *rig, n int) int {
	var (
		in    atomic.Int64
		wg    sync.WaitGroup
		start = make(chan struct{})
	)
	for range n {
		wg.Go(func() {
			<-start
			if _, ok := r.acquire(); ok {
				in.Add(1)
			}
		})
	}
	close(start)
	wg.Wait()
	return int(in.Load())
}

func probesInAll(t *testing.T, l library) string {
	r := l.rig(t, settings{probes: 3})
	r.trip()
	r.wait()
	first, second := r.begin(), r.begin()
	r.begin()
	first(good)
	second(good)
	if more := r.admitted(5); more > 0 {
		return fmt.Sprintf("%d probes were let through where 3 good ones close", 3+more)
	}
	return ""
}

// well is a sensor that always answers.
type well struct{ reads int }

func (*well) Info() sensors.Info { return sensors.Info{ID: "S1"} }

func (w *well) Read(context.Context, sensors.Request) (sensors.Reading, error) {
	w.reads++
	return sensors.Reading{Value: 1}, nil
}

// oursRetriesOnOpen plays the engine's own stack with its zero policy.
func oursRetriesOnOpen(t *testing.T) string {
	virtual, sensor := clock.NewVirtual(), new(well)
	client, err := engine.NewClient(engine.ClientConfig{Clock: virtual, Sensor: sensor, Hub: event.NewHub()})
	if err != nil {
		t.Fatal(err)
	}
	client.Breaker().ForceOpen()
	virtual.Start(func() { client.Read(t.Context(), 0) })
	if err := virtual.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if sensor.reads > 0 {
		t.Fatal("the sensor was read on an open circuit")
	}
	return asked(int(client.Breaker().Metrics().FastFailCount))
}

func failsafeRetriesOnOpen(t *testing.T) string {
	return retryAroundOpen(t, retrypolicy.NewBuilder[int]())
}

func failsafeAbortsOnOpen(t *testing.T) string {
	return retryAroundOpen(t, retrypolicy.NewBuilder[int]().AbortOnErrors(circuitbreaker.ErrOpen))
}

func retryAroundOpen(t *testing.T, policy retrypolicy.Builder[int]) string {
	b := circuitbreaker.NewWithDefaults[int]()
	b.Open()
	times := 1
	policy.OnRetry(func(failsafe.ExecutionEvent[int]) { times++ })
	_, err := failsafe.With(policy.Build(), b).Get(func() (int, error) { return 1, nil })
	if !errors.Is(err, circuitbreaker.ErrOpen) {
		t.Fatalf("the call ended in %v", err)
	}
	return asked(times)
}

func asked(times int) string {
	if times == 1 {
		return ""
	}
	return fmt.Sprintf("the open circuit was asked %d times", times)
}

func lateInHalfOpen(t *testing.T, l library) string {
	for _, late := range []struct {
		name string
		how  outcome
	}{{"success", good}, {"failure", bad}} {
		r := l.rig(t, settings{})
		old := r.begin()
		r.trip()
		r.wait()
		r.begin()
		old(late.how)
		if got := r.state(); got != halfOpen {
			return "a late " + late.name + " made the circuit " + got
		}
	}
	return ""
}

func lateInOpen(t *testing.T, l library) string {
	r := l.rig(t, settings{})
	old := r.begin()
	r.trip()
	time.Sleep(r.set.openFor - time.Second)
	old(bad)
	time.Sleep(time.Second + time.Millisecond)
	if _, ok := r.acquire(); !ok {
		return "the probe was refused"
	}
	return ""
}
