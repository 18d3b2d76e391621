package model

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/page/breakers"
)

func logConfig() engine.Config { return scenario.Pipeline().Config(scenario.DefaultSeed) }

func TestTheTableIsOrderedByKeysAndOnceASecond(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(20 * time.Second)
		r.press("2", ">", ">")
		r.sees(`opens↓`, soon)
		if got := r.frame().Order; len(got) != 5 || got[0] != 2 {
			t.Errorf("by openings: %v", got)
		}
		r.press("I")
		r.sees(`opens↑`, soon)
		r.pass(oneFrame)
		if got := r.frame().Order; got[len(got)-1] != 2 {
			t.Errorf("inverted: %v", got)
		}
		r.press("<", "<", "I")
		r.pass(oneFrame)
		if got := r.frame().Order; got != nil {
			t.Errorf("the order of the run is %v", got)
		}
		r.press("1")
		if f := r.frame(); f.Sort != (views.Sort{}) {
			t.Errorf("the overview is ordered by %+v", f.Sort)
		}
	})
}

// The frame that a key asks for may be taken before the key was carried out.
func TestAnotherOrderComesAtOnceWhereNothingElseHappens(t *testing.T) {
	m := still(t, 120, 36)
	press(m, "2")
	for _, key := range []string{">", "I", "<"} {
		m.pressed(typed(key))
		if !hurried(m) {
			t.Errorf("%s is not answered in the next frame", key)
		}
		if m.plan(); !hurried(m) {
			t.Errorf("what %s asks for does not come at once", key)
		}
		if m.plan(); hurried(m) {
			t.Errorf("after %s one frame follows the other", key)
		}
	}
	m.setFilter("cool")
	if m.plan(); !hurried(m) {
		t.Error("what a filter asks for does not come at once")
	}
}

// hurried takes away the wish for a frame at once, and is true where there is one.
func hurried(m *Model) bool {
	select {
	case <-m.feed.hurry:
		return true
	default:
		return false
	}
}

func TestTheFilterShowsWhatMatchesWhileOneTypes(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(5 * time.Second)
		r.press("/", "o", "o", "l")
		r.sees(`1 of 5`, soon)
		r.pass(2 * oneFrame)
		if f := r.frame(); !slices.Equal(f.Order, []int{3}) || f.Selected != 3 {
			t.Errorf("%v, selected %d", f.Order, f.Selected)
		}
		r.press("enter")
		r.sees(`FILTER ool, 1 of 5`, soon)
		r.press("2")
		r.sees(`S3 coolant`, soon)
		r.seesNot(`S0 boiler`)
		r.press("*")
		r.sees(`1 shown:`, soon)
		r.press("c")
		r.sees(`S3 coolant +!  you pressed c: crash begins`, soon)
		r.press("esc") // the filter goes first
		r.pass(2 * oneFrame)
		r.sees(`S0 boiler`, soon)
		if f := r.frame(); f.Order != nil || !f.TargetAll {
			t.Errorf("%v, all %v", f.Order, f.TargetAll)
		}
	})
}

func TestWhereNothingMatchesTheFilterKeysActOnNothingAndSaySo(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(time.Second)
		r.press("right", "*", "/", "z", "z")
		r.sees(`none of 5 matches`, soon)
		r.press("enter")
		r.sees(`no match:  esc shows all`, soon)
		for _, key := range []string{"c", "r", "o", "u", "t", "f", "enter", "m"} {
			r.press(key)
			r.sees(`no sensor matches the filter; esc shows all`, soon)
			r.pass(4 * time.Second) // it is gone again
		}
		r.pass(time.Second)
		if n := r.frame().Snap.Faults; n != 0 {
			t.Errorf("%d faults", n)
		}
		if c := r.frame().Snap.Sensors[1].Circuit.State; c != breaker.Closed {
			t.Errorf("the circuit of a sensor that is not shown is %v", c)
		}
		r.press("/", "esc")
		r.pass(2 * oneFrame)
		r.sees(`S0 boiler`, soon)
	})
}

// crowded is a model of a run of n sensors.
func crowded(t testing.TB, n int) *Model {
	t.Helper()
	counts := stats.New()
	hub := event.NewHub(counts)
	run := runStarted(logConfig())
	some := run.Run.Sensors
	run.Run.Sensors = nil
	for i := range n {
		run.Run.Sensors = append(run.Run.Sensors, some[i%len(some)])
	}
	hub.Publish(run)
	return New(Options{Context: canceled(), Hub: hub, Aggregator: counts, Engine: &deafEngine{}})
}

// BenchmarkAFrameOfAThousandSensors is all that a frame costs: the order where
// it is due, the snapshot, the Update and the View.
func BenchmarkAFrameOfAThousandSensors(b *testing.B) {
	m := crowded(b, 1000)
	m.Update(sized(120, 36))
	m.Update(typed("2"))
	m.Update(typed(">"))
	b.ReportAllocs()
	for b.Loop() {
		o, q := m.feed.orders.next(m.query(), m.feed.snapshot)
		m.Update(frameMsg{snap: m.feed.snapshot(q), order: o})
		if m.View().Content == "" {
			b.Fatal("nothing drawn")
		}
	}
}

func TestAThousandSensorsAreReadOnceASecondAndDrawnByTheScreenful(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const n = 1000
		m := crowded(t, n)
		m.Update(sized(120, 36))
		m.Update(typed("2"))
		m.Update(typed(">"))
		reads, most := 0, 0
		read := func(q stats.Query) stats.Snapshot {
			reads++
			return m.feed.snapshot(q)
		}
		for range 90 { // three seconds at 30 a second
			o, q := m.feed.orders.next(m.query(), read)
			most = max(most, len(q.Sensors))
			if q.Sensors == nil {
				t.Fatal("all sensors are copied for one frame")
			}
			m.Update(frameMsg{snap: m.feed.snapshot(q), order: o})
			time.Sleep(time.Second / 30)
		}
		if reads < 3 || reads > 4 {
			t.Errorf("all were read %d times in 3 s", reads)
		}
		if most > 33 || len(m.frame.Order) != n {
			t.Errorf("%d copied a frame, %d in order", most, len(m.frame.Order))
		}
		m.Update(typed("G"))
		if m.frame.Selected != m.frame.Order[n-1] || !strings.Contains(plain(m), "of 1000") {
			t.Errorf("the last one is %d", m.frame.Selected)
		}
		checkView(t, m)
	})
}

func TestAnOrderForAnotherPageIsNotTaken(t *testing.T) {
	m := still(t, 120, 36)
	m.Update(frameMsg{snap: m.frame.Snap, order: ordered{by: ordering{page: breakers.Page{}, filter: "x"}, order: []int{1}}})
	if m.frame.Order != nil {
		t.Errorf("%v", m.frame.Order)
	}
}

func TestPagesScrollAndSelectByTheirRows(t *testing.T) {
	for _, page := range []string{"2", "3"} {
		withRig(t, rigOptions{width: 80, height: 24}, func(t *testing.T, r *rig) {
			r.pass(3 * time.Second)
			r.press(page, "down", "down")
			if f := r.frame(); f.Selected != 2 {
				t.Errorf("page %s: two down is %d", page, f.Selected)
			}
			r.sees(`»S2 turbine`, soon)
			cell := r.layout().Cells[0]
			r.click(click(cell))
			if f := r.frame(); f.Selected != 0 || f.Detail {
				t.Errorf("page %s: a click selects %d", page, f.Selected)
			}
			r.click(click(cell))
			if f := r.frame(); !f.Detail {
				t.Errorf("page %s: a second click does not open it", page)
			}
		})
	}
}

func TestTheOrderOfAFrozenScreenIsThatOfItsMoment(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(20 * time.Second)
		r.press("2", "z")
		r.pass(oneFrame)
		r.press(">", ">")
		r.sees(`opens↓`, soon)
		r.pass(2 * oneFrame)
		if got := r.frame().Order; len(got) != 5 || got[0] != 2 {
			t.Errorf("%v", got)
		}
	})
}

func TestAFrozenListOfAWatchHasThoseThatNeedAttentionApart(t *testing.T) {
	many := func(seed uint64) engine.Config {
		c := watched(seed)
		for i := range 6 {
			m := c.Members[2] // it is well
			m.Info.ID += strconv.Itoa(i)
			m.Info.Name = m.Info.ID
			m.New = func(_ uint64, clk clock.Clock) (sensors.Sensor, error) {
				return endpoint{info: m.Info, now: clk.Now, sleep: clk.Sleep}, nil
			}
			c.Members = append(c.Members, m)
		}
		return c
	}
	withRig(t, rigOptions{config: many}, func(t *testing.T, r *rig) {
		r.pass(30 * time.Second)
		r.sees(`DOWN 1 of 9`, soon)
		live := r.frame()
		r.press("z")
		r.pass(2 * oneFrame)
		if f := r.frame(); live.Above < 1 || f.Above != live.Above || f.Order[0] != 1 {
			t.Errorf("live %d need attention, frozen %d, in the order %v", live.Above, f.Above, f.Order)
		}
	})
}

func TestWhatIsOpenKeepsItsSensor(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(6 * time.Second) // the circuits of S2 and S4 are open
		r.press("/", "o", "p", "e", "n", "enter")
		r.pass(time.Second)
		r.press("right", "enter") // S4 in full, which heals
		at := r.frame().Selected
		r.press("f")
		for range 100 {
			r.pass(200 * time.Millisecond)
			if now := r.frame().Selected; now != at {
				t.Fatalf("the palette was opened on %d and is now about %d", at, now)
			}
		}
	})
}

// The order that a filter leads to comes with the next frame; a key may come
// before.
func TestAKeyRightAfterAFilterActsOnWhatIsLeft(t *testing.T) {
	for _, c := range []struct {
		filter string
		all    bool
		want   []int
	}{
		{"ool", false, []int{3}},
		{"nt", true, []int{1, 3}},
	} {
		engine := &deafEngine{}
		m := still(t, 120, 36)
		m.opts.Engine, m.targetAll = engine, c.all
		m.Update(typed("/"))
		for _, letter := range c.filter {
			m.Update(typed(string(letter)))
		}
		m.Update(typed("enter"))
		m.Update(typed("c"))
		if got := engine.commands(); len(got) != 1 || !slices.Equal(got[0].Sensors, c.want) {
			t.Errorf("after the filter %q keys act on %+v, want %v", c.filter, got, c.want)
		}
	}
}

func TestAFilterIsCleaned(t *testing.T) {
	m := still(t, 120, 36)
	m.setFilter("S\u202e1\u200b")
	if m.filter != "S1" {
		t.Errorf("the filter is %q", m.filter)
	}
}

func TestAFilterThatIsNotKnownYetNeverMeansAll(t *testing.T) {
	m := still(t, 120, 36)
	m.targetAll, m.frame.TargetAll = true, true
	m.setFilter("S1")
	m.frame.Order = nil
	if got := m.targets(); len(got) != 1 {
		t.Errorf("keys act on %v", got)
	}
}
