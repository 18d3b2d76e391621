package model

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/stats"
	"resiltui/internal/stats/verdict"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
)

// moment is when the pictures are taken: the first probe of S3 since its crash
// was mended has been good, and the second is due.
const moment = 47400 * time.Millisecond

// crashed is the pipeline with its default seed, S3 crashed for batches 77 to
// 90, and S4 slowed from batch 84.
func crashed(seed uint64) engine.Config {
	c := scenario.Pipeline().Config(seed)
	do := func(batch int, op event.Op, sensor int, kind fault.Number) engine.Scripted {
		return engine.Scripted{Batch: batch, Command: event.Command{
			Op: op, Sensors: []int{sensor}, Fault: fault.Default(kind), By: "the script",
		}}
	}
	c.Script = []engine.Scripted{
		do(77, event.Inject, 3, fault.Crash),
		do(84, event.Inject, 4, fault.Slow),
		do(91, event.Recover, 3, fault.Crash),
	}
	return c
}

// picture is a model at a moment of a real run: take gives what it draws at a
// size.
type picture struct {
	m *Model
}

// atMoment runs a real session in fake time up to a moment, and hands fn the
// model there.
func atMoment(t *testing.T, at time.Duration, config func(uint64) engine.Config, opts Options, fn func(t *testing.T, p picture)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		counts := stats.New()
		hub := event.NewHub(counts)
		session, err := engine.NewSession(engine.Options{
			Hub: hub, Seed: scenario.DefaultSeed, Paced: true,
			Build: func(seed uint64) (engine.Config, error) { return config(seed), nil },
		})
		if err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- session.Run(ctx) }()
		time.Sleep(at)
		synctest.Wait()
		opts.Context, opts.Hub, opts.Aggregator, opts.Engine = ctx, hub, counts, session
		fn(t, picture{New(opts)})
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the engine ended with %v", err)
		}
	})
}

// take draws at a size, with what a screen of that size asks for.
func (p picture) take(width, height int) string {
	p.m.Update(sized(width, height))
	p.m.Update(frameMsg{snap: p.m.feed.snapshot(p.m.layout.Query()), now: p.m.opts.Engine.Now()})
	return p.m.View().Content
}

func (p picture) press(names ...string) {
	for _, n := range names {
		p.m.Update(typed(n))
	}
}

func TestThePipelineAtEverySize(t *testing.T) {
	for _, size := range [][2]int{{160, 50}, {140, 45}, {120, 36}, {100, 30}, {80, 24}, {60, 16}, {50, 15}, {20, 5}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			atMoment(t, moment, crashed, Options{}, func(t *testing.T, p picture) {
				p.take(size[0], size[1])
				p.press("right", "right", "right")
				golden.RequireEqual(t, ansi.Strip(p.take(size[0], size[1])))
			})
		})
	}
}

func TestThePipelineInASCII(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			o := Options{Look: draw.Options{ASCII: true}}
			atMoment(t, moment, crashed, o, func(t *testing.T, p picture) {
				p.take(size[0], size[1])
				p.press("right", "right", "right")
				out := ansi.Strip(p.take(size[0], size[1]))
				for _, r := range out {
					if r > '~' {
						t.Fatalf("%q is not ASCII", r)
					}
				}
				golden.RequireEqual(t, out)
			})
		})
	}
}

func TestThePipelineInColour(t *testing.T) {
	for _, theme := range []draw.ThemeName{draw.ThemeDark, draw.ThemeLight, draw.ThemeMono, draw.ThemeColourBlind} {
		t.Run(string(theme), func(t *testing.T) {
			o := Options{Look: draw.Options{Theme: theme}}
			atMoment(t, moment, crashed, o, func(t *testing.T, p picture) {
				p.take(120, 36)
				p.press("right", "right", "right")
				out := p.take(120, 36)
				if coloured := strings.Contains(out, "38;"); coloured == (theme == draw.ThemeMono) {
					t.Errorf("colours: %v", coloured)
				}
				golden.RequireEqual(t, out)
			})
		})
	}
}

func TestHelpOverThePipeline(t *testing.T) {
	for _, size := range [][2]int{{120, 50}, {80, 24}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			atMoment(t, moment, crashed, Options{}, func(t *testing.T, p picture) {
				p.take(size[0], size[1])
				p.press("?")
				golden.RequireEqual(t, ansi.Strip(p.take(size[0], size[1])))
			})
		})
	}
}

func TestOneSensorMaximised(t *testing.T) {
	atMoment(t, moment, crashed, Options{}, func(t *testing.T, p picture) {
		p.take(120, 36)
		p.press("right", "right", "right", "m")
		golden.RequireEqual(t, ansi.Strip(p.take(120, 36)))
	})
}

// endpoint is a real endpoint without a network: it answers after a time, and
// fails in a phase of its life.
type endpoint struct {
	info       sensors.Info
	now        func() time.Duration
	sleep      sensors.Sleeper
	takes      time.Duration
	down, well time.Duration
}

func (e endpoint) Info() sensors.Info { return e.info }

func (e endpoint) Read(ctx context.Context, _ sensors.Request) (sensors.Reading, error) {
	if now := e.now(); now >= e.down && now < e.well {
		return sensors.Reading{}, &sensors.ReadError{Text: "503 Service Unavailable"}
	}
	if err := e.sleep(ctx, e.takes); err != nil {
		return sensors.Reading{}, err
	}
	return sensors.Reading{Value: float64(e.takes.Milliseconds()), At: e.now()}, nil
}

// watched is three endpoints: one is well, one fails since 60 s, and one is
// slower than its interval.
func watched(uint64) engine.Config {
	c := engine.Config{Scenario: "watch", Interval: 5 * time.Second, Real: true}
	add := func(name string, takes, down, well time.Duration) {
		info := sensors.Info{ID: name, Name: name, Unit: "ms", Real: true, Timed: true}
		c.Members = append(c.Members, engine.Member{
			Info: info,
			New: func(_ uint64, clk clock.Clock) (sensors.Sensor, error) {
				return endpoint{info, clk.Now, clk.Sleep, takes, down, well}, nil
			},
			Policy: policy.Policy{
				Timeout: 8 * time.Second, Strategy: "last-known-good",
				Breaker: breaker.Settings{FailureThreshold: 5, OpenFor: 15 * time.Second, SuccessesToClose: 2, MaxProbes: 1},
			},
		})
	}
	add("api.example.com/health", 182*time.Millisecond, 60*time.Second, time.Hour)
	add("shop", 41*time.Millisecond, 10*time.Second, 40*time.Second)
	add("reports.example.com/v2/monthly/summary", 6*time.Second, time.Hour, time.Hour)
	return c
}

func TestRealEndpoints(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {50, 15}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			atMoment(t, 73*time.Second, watched, Options{Locked: true}, func(t *testing.T, p picture) {
				p.take(size[0], size[1])
				p.press("esc") // the verdict of the outage of shop
				golden.RequireEqual(t, ansi.Strip(p.take(size[0], size[1])))
			})
		})
	}
}

func TestNoEndpointWaitsForASlowOne(t *testing.T) {
	atMoment(t, 73*time.Second, watched, Options{Locked: true}, func(t *testing.T, p picture) {
		s := p.m.feed.snapshot(stats.Query{})
		if n := s.Sensors[1].Calls; n < 14 {
			t.Errorf("in 73 s an endpoint with an interval of 5 s was read %d times", n)
		}
		if v := s.Sensors[2]; v.Calls != 7 || v.Health.Missed != 7 { // of two times that are due it misses one
			t.Errorf("the endpoint that takes 6 s was read %d times, missed %d", v.Calls, v.Health.Missed)
		}
	})
}

func TestTheVerdictOfAnOutageOpensByItselfAndOffersNoTuning(t *testing.T) {
	atMoment(t, 60*time.Second, watched, Options{Locked: true}, func(t *testing.T, p picture) {
		out := ansi.Strip(p.take(140, 45))
		for _, want := range []string{"verdict  shop  outage", "cause            503 Service Unavailable", "until 00:00:"} {
			if !strings.Contains(out, want) {
				t.Errorf("no %q in\n%s", want, out)
			}
		}
		if strings.Contains(out, "tune on these faults") {
			t.Error("an outage that cannot be run again is offered to be tuned on")
		}
		if p.m.putAway("t"); p.m.onFaults {
			t.Error("t on it tunes on faults that nobody injected")
		}
	})
}

func TestTheOutagesOfAFlappingEndpointDoNotCoverTheScreen(t *testing.T) {
	v := verdict.Verdict{Kind: verdict.Outage, Sensor: 1}
	s := stats.Snapshot{Endpoints: stats.Endpoints{Unwell: []stats.Unwell{{Index: 0, Flapping: true}, {Index: 1}}}}
	if flapping(&s, &v) {
		t.Error("another endpoint is flapping")
	}
	s.Endpoints.Unwell[1].Flapping = true
	if !flapping(&s, &v) {
		t.Error("it is flapping")
	}
	if v.Kind = verdict.Injected; flapping(&s, &v) {
		t.Error("a fault that somebody injected and waits for is not shown")
	}
}

func TestTheOutageOfAnEndpointThatAFilterHidesDoesNotCoverTheScreen(t *testing.T) {
	v := verdict.Verdict{Kind: verdict.Outage, Sensor: 1}
	f := views.Frame{Order: []int{0, 2}}
	if !hidden(&f, &v) {
		t.Error("the screen shows other endpoints")
	}
	if f.Order = []int{2, 1}; hidden(&f, &v) {
		t.Error("it is in sight")
	}
	if f.Order, v.Kind = []int{0}, verdict.Injected; hidden(&f, &v) {
		t.Error("a fault that somebody injected and waits for is not shown")
	}
}
