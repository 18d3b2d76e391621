package engine_test

import (
	"context"
	"errors"
	"sync"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/policy"
	"resiltui/internal/sensors"
)

// raw is a sensor of which nothing is known before it is read.
type raw struct {
	info sensors.Info
	read func(ctx context.Context, clk clock.Clock, r sensors.Request) (sensors.Reading, error)
	clk  clock.Clock

	mu   sync.Mutex
	sent []sensors.Request // guarded by mu
}

func (s *raw) Info() sensors.Info { return s.info }

func (s *raw) Read(ctx context.Context, r sensors.Request) (sensors.Reading, error) {
	s.mu.Lock()
	s.sent = append(s.sent, r)
	s.mu.Unlock()
	return s.read(ctx, s.clk, r)
}

// requests are those that reached the sensor.
func (s *raw) requests() []sensors.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]sensors.Request(nil), s.sent...)
}

// told is a simulated sensor that does what it is told.
type told struct {
	raw
	plan func(r sensors.Request) sensors.Plan
}

func (s *told) Plan(r sensors.Request) sensors.Plan { return s.plan(r) }

// newTold returns a sensor with these plans. Latency 0 is 50 ms.
func newTold(clk clock.Clock, plan func(r sensors.Request) sensors.Plan) *told {
	s := &told{raw: raw{info: sensors.Info{ID: "T"}, clk: clk}}
	s.plan = func(r sensors.Request) sensors.Plan {
		p := plan(r)
		if p.Latency == 0 {
			p.Latency = 50 * time.Millisecond
		}
		if p.Err == nil {
			p.Reading.At = r.At + p.Latency
		}
		return p
	}
	s.read = func(ctx context.Context, clk clock.Clock, r sensors.Request) (sensors.Reading, error) {
		p := s.plan(r)
		for p.Hang {
			if err := clk.Sleep(ctx, time.Hour); err != nil {
				return sensors.Reading{}, err
			}
		}
		if err := clk.Sleep(ctx, p.Latency); err != nil {
			return sensors.Reading{}, err
		}
		return p.Reading, p.Err
	}
	return s
}

// What told sensors are told.

func good(value float64) sensors.Plan {
	return sensors.Plan{Reading: sensors.Reading{Value: value}}
}

func bad(text string) sensors.Plan { return sensors.Plan{Err: &sensors.ReadError{Text: text}} }

func hang() sensors.Plan { return sensors.Plan{Hang: true} }

var errOdd = errors.New("odd")

// inTurn gives one plan an attempt, and the last one for ever.
func inTurn(plans ...sensors.Plan) func(sensors.Request) sensors.Plan {
	// Not by the number of calls of the function: a plan is asked for without
	// being carried out, too. So each request has its place.
	var mu sync.Mutex
	places := map[sensors.Request]int{}
	return func(r sensors.Request) sensors.Plan {
		mu.Lock()
		defer mu.Unlock()
		n, ok := places[r]
		if !ok {
			n = len(places)
			places[r] = n
		}
		return plans[min(n, len(plans)-1)]
	}
}

// byCall gives all attempts of a call the same plan, and the last one for ever.
func byCall(plans ...sensors.Plan) func(sensors.Request) sensors.Plan {
	return func(r sensors.Request) sensors.Plan { return plans[min(int(r.Call), len(plans))-1] }
}

// read is how a raw sensor answers.
type read func(ctx context.Context, clk clock.Clock, r sensors.Request) (sensors.Reading, error)

// member is a raw sensor as a part of a run.
func member(id string, p policy.Policy, fn read) engine.Member {
	return engine.Member{
		Info: sensors.Info{ID: id}, Policy: p,
		New: func(_ uint64, clk clock.Clock) (sensors.Sensor, error) {
			return &raw{info: sensors.Info{ID: id}, clk: clk, read: fn}, nil
		},
	}
}

// answers is a read that takes so long and succeeds.
func answers(after time.Duration) read {
	return func(ctx context.Context, clk clock.Clock, _ sensors.Request) (sensors.Reading, error) {
		if err := clk.Sleep(ctx, after); err != nil {
			return sensors.Reading{}, err
		}
		return sensors.Reading{Value: 1, At: clk.Now()}, nil
	}
}
