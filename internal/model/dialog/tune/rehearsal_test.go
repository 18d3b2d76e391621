package tune

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/model/dialog/dialogtest"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/stats"
)

// played is a real session in fake time, whose newest batches are run again.
type played struct {
	t       *testing.T
	session *engine.Session
	hub     *event.Hub
	counts  *stats.Aggregator
}

// inRun starts a session and hands it to fn.
func inRun(t *testing.T, config func(seed uint64) engine.Config, fn func(t *testing.T, r *played)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		r := &played{t: t, counts: stats.New()}
		r.hub = event.NewHub(r.counts)
		session, err := engine.NewSession(engine.Options{
			Hub: r.hub, Seed: scenario.DefaultSeed, Paced: true,
			Build: func(seed uint64) (engine.Config, error) { return config(seed), nil },
		})
		if err != nil {
			t.Fatal(err)
		}
		r.session = session
		ended := make(chan error, 1)
		go func() { ended <- session.Run(ctx) }()
		defer func() {
			cancel()
			if err := <-ended; err != nil {
				t.Errorf("the engine ended with %v", err)
			}
		}()
		synctest.Wait()
		fn(t, r)
	})
}

// pass lets fake time pass.
func (r *played) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func (r *played) snapshot(q stats.Query) (s stats.Snapshot) {
	r.hub.Read(func() { s = r.counts.Snapshot(q) })
	return s
}

// do carries a command out.
func (r *played) do(op event.Op, sensor int, p policy.Policy) {
	r.session.Do(event.Command{Op: op, Sensors: []int{sensor}, Policy: p, By: "you"})
	synctest.Wait()
}

// open opens the panel for a sensor, with what would have been.
func (r *played) open(sensor int) (*dialogtest.Stage, *Panel) {
	r.t.Helper()
	window, err := r.session.Window(Batches)
	if err != nil {
		r.t.Fatal(err)
	}
	snap := r.snapshot(stats.Query{})
	o := Options{Run: snap.Run, Sensor: sensor, Window: window}
	for i := range snap.Sensors {
		o.InForce = append(o.InForce, snap.Sensors[i].Policy.Complete())
	}
	s := dialogtest.New(120, 36, nil)
	s.View.Snap = &snap
	panel, cmd := New(o)
	s.Open = append(s.Open, panel)
	answered(s, cmd)
	return s, panel
}

// answered has all come that a Cmd leads to.
func answered(s *dialogtest.Stage, cmd tea.Cmd) {
	for cmd != nil {
		cmd = s.Answer(cmd)
	}
}

// chosen presses keys, each answered before the next.
func chosen(s *dialogtest.Stage, keys ...string) {
	for _, key := range keys {
		answered(s, s.Press(key))
	}
}

// over is when S3 is back after its crash, which is still among the newest batches.
const over = 49 * time.Second

// scripted is the pipeline with its default seed, and commands at batches: crashes of
// S3, and their ends.
func scripted(crashes, recovers []int) func(seed uint64) engine.Config {
	return func(seed uint64) engine.Config {
		c := scenario.Pipeline().Config(seed)
		at := func(batches []int, cmd event.Command) {
			cmd.Sensors, cmd.By = []int{3}, "script"
			for _, batch := range batches {
				c.Script = append(c.Script, engine.Scripted{Batch: batch, Command: cmd})
			}
		}
		at(crashes, event.Command{Op: event.Inject, Fault: fault.Default(fault.Crash)})
		at(recovers, event.Command{Op: event.Recover})
		return c
	}
}

// crashing is a crash of S3 in batches 77 to 90.
func crashing(seed uint64) engine.Config { return scripted([]int{77}, []int{91})(seed) }

// twice crashes S3 two times, so near that its circuit does not close between.
func twice(seed uint64) engine.Config { return scripted([]int{12, 22}, []int{18, 28})(seed) }

// TestTheGhostsFiguresAreThoseOfTheVerdict compares what stands beside the tracks
// with the verdict that the run itself gave.
func TestTheGhostsFiguresAreThoseOfTheVerdict(t *testing.T) {
	inRun(t, crashing, func(t *testing.T, r *played) {
		r.pass(over)
		s, panel := r.open(3)
		g := panel.ghost
		v := r.snapshot(stats.Query{Verdicts: 1, Columns: Batches}).Verdicts[0]
		if v.Sensor != 3 || g.Was.Seen.Time != v.SeenAfter || g.Was.Back.Time != v.Back || g.Was.Attempts != v.Attempts || !g.Faulted {
			t.Errorf("the track says %+v, the verdict %+v", g.Was, v)
		}
		if !reflect.DeepEqual(g.Was, g.Would) {
			t.Error("with the same settings it would have been otherwise")
		}
		chosen(s, "left", "left")
		after := panel.ghost
		if after.Would.Seen.Time >= g.Was.Seen.Time || after.Would.Attempts >= g.Was.Attempts || !after.Would.Back.Known {
			t.Errorf("at 3 it would be seen after %v with %d attempts", after.Would.Seen, after.Would.Attempts)
		}
	})
}

func TestTheWindowStaysWhileThePanelIsOpen(t *testing.T) {
	inRun(t, crashing, func(t *testing.T, r *played) {
		r.pass(over)
		s, panel := r.open(3)
		before := panel.ghost
		r.pass(20 * time.Second)
		chosen(s, "left", "right")
		if !reflect.DeepEqual(before, panel.ghost) {
			t.Errorf("twenty seconds later the same settings give another ghost:\n%+v\n%+v", before, panel.ghost)
		}
	})
}

// TestElsewhereIsWhatTheOthersWouldDo counts the openings of a run that was given
// the settings in earnest.
func TestElsewhereIsWhatTheOthersWouldDo(t *testing.T) {
	inRun(t, crashing, func(t *testing.T, r *played) {
		r.pass(over)
		s, panel := r.open(3)
		if g := panel.ghost; !strings.Contains(g.Elsewhere, "nothing differs") || g.Worse {
			t.Errorf("unchanged: %q", g.Elsewhere)
		}
		chosen(s, "1", "enter") // trip after one failure: whoever fails a call opens
		change := map[int]policy.Policy{}
		for i, q := range panel.inForce {
			q.Breaker.FailureThreshold = 1
			change[i] = q
		}
		was, err := replayed(panel.window, nil)
		if err != nil {
			t.Fatal(err)
		}
		all, err := replayed(panel.window, change)
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range all.snap.Sensors {
			opens := i != 3 && v.Tripping != nil && was.snap.Sensors[i].Tripping == nil
			if named := strings.Contains(panel.ghost.Elsewhere, v.ID); named != opens {
				t.Errorf("%s opens: %v; it says %q", v.ID, opens, panel.ghost.Elsewhere)
			}
		}
		if !strings.HasPrefix(panel.ghost.Elsewhere, "at 1 S1 would open for nothing") || !panel.ghost.Worse {
			t.Errorf("it says %q", panel.ghost.Elsewhere)
		}
	})
}

func TestElsewhereInWords(t *testing.T) {
	for _, c := range []struct {
		nothing, too, fewer []string
		want                string
	}{
		{nil, nil, nil, "at 3 no other circuit would open"},
		{[]string{"S1"}, nil, nil, "at 3 S1 would open for nothing"},
		{[]string{"S1", "S2"}, []string{"S4"}, nil, "at 3 S1, S2 would open for nothing, S4 would open too"},
		{nil, nil, []string{"S2"}, "at 3 no other circuit would open, S2 would stay closed"},
		{nil, []string{"a", "b", "c", "d", "e"}, nil, "at 3 a, b, c and 2 more would open too"},
	} {
		if got := elsewhereText("at 3", c.nothing, c.too, c.fewer); got != c.want {
			t.Errorf("%q, not %q", got, c.want)
		}
	}
}

func TestTheLanesTellOfTheSameFaults(t *testing.T) {
	inRun(t, twice, func(t *testing.T, r *played) {
		r.pass(19 * time.Second)
		_, p := r.open(3)
		draft := p.draft
		draft.Breaker.OpenFor = 100 * time.Millisecond
		_, g, err := rehearsal{window: p.window, sensor: 3, draft: draft}.run()
		if err != nil {
			t.Fatal(err)
		}
		events, err := p.window.Rehearse(map[int]policy.Policy{3: draft})
		if err != nil {
			t.Fatal(err)
		}
		sent := 0
		for _, e := range events {
			if e.Kind == event.CallEnded && e.Sensor == 3 && e.Call.Faulted {
				sent += e.Call.Attempts
			}
		}
		if g.Would.Attempts < sent {
			t.Errorf("the track would send %d attempts under the faults, the panel says %d", sent, g.Would.Attempts)
		}
		if g.Was.Attempts >= g.Would.Attempts {
			t.Errorf("a circuit that is open for 0.1 s sends no more than one of 3 s: %d, %d", g.Would.Attempts, g.Was.Attempts)
		}
	})
}

func TestElsewhereBlamesNoChangeForAnotherOne(t *testing.T) {
	inRun(t, scenario.Pipeline().Config, func(t *testing.T, r *played) {
		before := r.snapshot(stats.Query{}).Run.Sensors[1].Policy
		after := before
		after.Breaker.FailureThreshold = 1
		for range 6 {
			r.pass(3 * time.Second)
			r.do(event.Tune, 1, after) // S1 trips after 1
			r.pass(time.Second)
			s, p := r.open(2)
			for range p.rows {
				if p.rows[p.cursor].Label != "open for" {
					s.Press("down")
				}
			}
			chosen(s, "left") // no setting by which S1 would open more, or less
			if !p.ghost.Ready {
				t.Fatalf("no ghost: %+v", p.ghost)
			}
			now, err := replayed(p.window, map[int]policy.Policy{1: p.inForce[1]})
			if err != nil {
				t.Fatal(err)
			}
			if now.snap.Sensors[1].Tripping != nil && strings.Contains(p.ghost.Elsewhere, "S1") {
				t.Errorf("S1 opens by its own settings, yet: %q", p.ghost.Elsewhere)
			}
			r.do(event.Tune, 1, before)
			r.do(event.ResetBreaker, 1, policy.Policy{})
			r.pass(16 * time.Second)
		}
	})
}

func TestTheNewestWishIsRehearsedAndNoOtherWaits(t *testing.T) {
	inRun(t, crashing, func(t *testing.T, r *played) {
		r.pass(over)
		s, panel := r.open(3)
		first := s.Press("left")
		if first == nil {
			t.Fatal("another setting rehearses nothing")
		}
		for range 3 { // while the first is on its way
			if cmd := s.Press("left"); cmd != nil {
				t.Fatal("two rehearsals are on their way")
			}
		}
		second := s.Answer(first)
		if second == nil || !panel.ghost.Old {
			t.Fatalf("the newest wish is forgotten; the ghost is old: %v", panel.ghost.Old)
		}
		if third := s.Answer(second); third != nil || panel.ghost.Old || panel.draft.Breaker.FailureThreshold != 1 {
			t.Error("more is rehearsed than was asked for")
		}
		late := s.Press("right")
		s.Press("esc")
		if cmd := s.Answer(late); cmd != nil || s.Top() != nil {
			t.Error("an answer that comes too late opens or asks something")
		}
	})
}

func TestAWindowThatCannotBeRunAgainSaysWhy(t *testing.T) {
	s, panel := opened(0)
	panel.window = empty{}
	answered(s, panel.rehearse())
	if !strings.Contains(s.Text(), "cannot be run again: nothing has run yet") {
		t.Errorf("without batches:\n%s", s.Text())
	}
}

// empty is a window without batches.
type empty struct{}

func (empty) Batches() (first, last int) { return 0, 0 }

func (empty) Rehearse(map[int]policy.Policy) ([]event.Event, error) { return nil, nil }

// BenchmarkTheGhost is from the key to the answer: three rehearsals of 30
// batches, or two where what was is known, and their aggregators.
func BenchmarkTheGhost(b *testing.B) {
	hub := event.NewHub(stats.New())
	session, err := engine.NewSession(engine.Options{
		Hub: hub, Seed: scenario.DefaultSeed, Paced: true, Speed: 64,
		Build: func(seed uint64) (engine.Config, error) { return crashing(seed), nil },
	})
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- session.Run(ctx) }()
	sub := hub.Subscribe()
	for begun := false; !begun; {
		<-sub.C()
		events, _ := sub.Drain(nil)
		for _, e := range events {
			begun = begun || e.Kind == event.BatchStarted && e.Batch >= 95
		}
	}
	window, err := session.Window(Batches)
	if err != nil {
		b.Fatal(err)
	}
	cancel()
	<-ended
	config := crashing(scenario.DefaultSeed)
	others := map[int]policy.Policy{}
	for i, m := range config.Members {
		p := m.Policy
		p.Breaker.FailureThreshold = 3
		if i != 3 {
			others[i] = p
		}
	}
	draft := config.Members[3].Policy
	draft.Breaker.FailureThreshold = 3
	b.ReportAllocs()
	for b.Loop() {
		a := rehearsal{window: window, sensor: 3, draft: draft, others: others, at: "at 3"}
		if _, _, err := a.run(); err != nil {
			b.Fatal(err)
		}
	}
}
