package model

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/engine/event"
	"resiltui/internal/model/eventlist"
	"resiltui/internal/model/timetravel"
	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
	"resiltui/internal/views/page/events"
	"resiltui/internal/views/page/overview"
)

// logged is a model on the events' page, of a run that tells n notes; with a
// history, or without.
func logged(t *testing.T, n int, withHistory bool) *Model {
	t.Helper()
	counts := stats.New()
	past := history.New(counts)
	hub := event.NewHub(past)
	start := runStarted(logConfig())
	start.Seq = 1
	hub.Publish(start)
	for i := range n {
		hub.Publish(note(i))
	}
	o := Options{Context: canceled(), Hub: hub, Aggregator: counts, Engine: &deafEngine{}}
	if withHistory {
		o.History = past
	}
	m := New(o)
	m.Update(sized(100, 23)) // twenty lines of the log
	m.Update(typed("6"))
	refresh(m)
	return m
}

// note is a line of the log that says which one it is: in turn of the sensors.
func note(i int) event.Event {
	return event.Event{
		At: time.Duration(i) * time.Second, Batch: 2*i + 1, Sensor: i % 5, Kind: event.CommandTaken,
		Taken: &event.Taken{Text: fmt.Sprintf("note %d.", i), Speed: 1},
	}
}

// refresh has the model take what is new.
func refresh(m *Model) {
	snap := m.feed.snapshot(m.query())
	_, cmd := m.Update(frameMsg{snap: snap, now: snap.At})
	settle(m, cmd)
}

// type1 presses a key and carries out every look-up that it leads to.
func type1(m *Model, key string) {
	_, cmd := m.Update(typed(key))
	settle(m, cmd)
}

func settle(m *Model, cmd tea.Cmd) {
	for _, msg := range logMessages(cmd) {
		_, more := m.Update(msg)
		settle(m, more)
	}
}

// logMessages runs the Cmds that look something up; ticks are left alone.
func logMessages(cmd tea.Cmd) (out []tea.Msg) {
	if cmd == nil {
		return nil
	}
	done := make(chan tea.Msg, 1)
	go func() { done <- cmd() }()
	select {
	case msg := <-done:
		switch msg := msg.(type) {
		case tea.BatchMsg:
			for _, c := range msg {
				out = append(out, logMessages(c)...)
			}
		case eventlist.Found, timetravel.Moment:
			out = append(out, msg)
		}
	case <-time.After(10 * time.Second): // in fake time: a tick
	}
	return out
}

// inLog is the text of the line at the cursor.
func inLog(m *Model) string {
	l := m.frame.Log
	if l.Cursor < 0 || l.Cursor >= len(l.Lines) {
		return ""
	}
	return l.Lines[l.Cursor].Text
}

func TestTheLogFollowsUntilTheCursorLeavesItsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := logged(t, 2000, true)
		if inLog(m) != "note 1999." || !m.frame.Log.Following {
			t.Fatalf("at first %q, following %v", inLog(m), m.frame.Log.Following)
		}
		for _, step := range []struct {
			key, want string
			following bool
		}{
			{"down", "note 1999.", true},
			{"up", "note 1998.", false},
			{"k", "note 1997.", false},
			{"j", "note 1998.", false},
			{"pgup", "note 1980.", false},
			{"ctrl+u", "note 1962.", false},
			{"pgdown", "note 1980.", false},
			{"g", "note 0.", false},
			{"up", "note 0.", false},
			{"down", "note 1.", false},
			{"G", "note 1999.", true},
			{"up", "note 1998.", false},
			{"down", "note 1999.", true},
		} {
			type1(m, step.key)
			if inLog(m) != step.want || m.frame.Log.Following != step.following {
				t.Fatalf("%s leads to %q, following %v; want %q, %v", step.key, inLog(m), m.frame.Log.Following, step.want, step.following)
			}
			checkView(t, m)
		}
	})
}

func TestTheWholeLogCanBeWalkedBothWays(t *testing.T) {
	for _, history := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			const notes = 1500
			m := logged(t, notes, history)
			least := 0
			if !history {
				least = notes - stats.MaxLines // no more is kept
			}
			for i := notes - 2; i >= least; i-- {
				if type1(m, "up"); inLog(m) != fmt.Sprintf("note %d.", i) {
					t.Fatalf("history %v: %q, not note %d", history, inLog(m), i)
				}
			}
			for i := least + 1; i < notes; i++ {
				if type1(m, "down"); inLog(m) != fmt.Sprintf("note %d.", i) {
					t.Fatalf("history %v: %q, not note %d on the way back", history, inLog(m), i)
				}
			}
			if !m.frame.Log.Following {
				t.Error("at the end it does not follow")
			}
		})
	}
}

func TestAHeldLogStaysWhereItIsWhileMoreComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := logged(t, 100, true)
		type1(m, "up")
		type1(m, "up")
		before := m.frame.Log.Lines[0].Text
		for i := 100; i < 110; i++ {
			m.opts.Hub.Publish(note(i))
		}
		refresh(m)
		if inLog(m) != "note 97." || m.frame.Log.Lines[0].Text != before || m.frame.Log.Newer != 12 {
			t.Errorf("at %q under %q, %d newer", inLog(m), m.frame.Log.Lines[0].Text, m.frame.Log.Newer)
		}
		for i := 110; i < 1000; i++ { // more at once than a snapshot holds
			m.opts.Hub.Publish(note(i))
		}
		refresh(m)
		if m.frame.Log.Newer != -1 {
			t.Errorf("%d newer", m.frame.Log.Newer)
		}
		for i := 98; i < 400; i++ {
			if type1(m, "down"); inLog(m) != fmt.Sprintf("note %d.", i) {
				t.Fatalf("%q, not note %d", inLog(m), i)
			}
		}
	})
}

func TestALogHeldTooLongGoesOnWithWhatIsWithinReach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := logged(t, 100, true)
		type1(m, "up")
		for i := 100; i < 3000; i++ { // fifty minutes
			m.opts.Hub.Publish(note(i))
		}
		refresh(m)
		if inLog(m) != "note 98." {
			t.Fatalf("%q", inLog(m))
		}
		type1(m, "down")
		type1(m, "down")
		var at int
		if _, err := fmt.Sscanf(inLog(m), "note %d.", &at); err != nil || at < 400 || at > 2500 {
			t.Fatalf("it goes on with %q", inLog(m))
		}
		if type1(m, "down"); inLog(m) != fmt.Sprintf("note %d.", at+1) {
			t.Errorf("after %d comes %q", at, inLog(m))
		}
		for range 3000 - at {
			type1(m, "down")
		}
		if inLog(m) != "note 2999." || !m.frame.Log.Following {
			t.Errorf("it ends with %q", inLog(m))
		}
	})
}

func TestAnEventOfNoSensorLeadsToTheOverview(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := logged(t, 10, true)
		e := note(10)
		e.Sensor = event.NoSensor
		m.opts.Hub.Publish(e)
		refresh(m)
		type1(m, "enter")
		if m.frame.Page != (overview.Page{}) || m.frame.Detail || !m.past.Frozen {
			t.Errorf("page %v, detail %v, frozen %v", m.frame.Page, m.frame.Detail, m.past.Frozen)
		}
	})
}

func TestSearchGoesFromMatchToMatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := logged(t, 2000, true)
		for _, key := range []string{"/", "t", "e", "space", "1", "2", "3"} {
			type1(m, key)
		}
		if !strings.Contains(plain(m), "search") || m.frame.Log.Search != "te 123" {
			t.Fatalf("looks for %q", m.frame.Log.Search)
		}
		type1(m, "enter")
		for _, step := range []struct{ key, want string }{
			{"", "note 1239."},
			{"N", "note 1238."},
			{"n", "note 1239."},
			{"n", "note 1239."}, // no later one
		} {
			if step.key != "" {
				type1(m, step.key)
			}
			if inLog(m) != step.want {
				t.Fatalf("%q leads to %q, not %q", step.key, inLog(m), step.want)
			}
		}
		for range 9 {
			type1(m, "N")
		}
		if inLog(m) != "note 1230." {
			t.Fatalf("%q", inLog(m))
		}
		if type1(m, "N"); inLog(m) != "note 123." {
			t.Fatalf("far back: %q", inLog(m))
		}
		type1(m, "N")
		if m.notice.text != "no earlier event matches" {
			t.Errorf("says %q", m.notice.text)
		}
		if type1(m, "esc"); m.frame.Log.Search != "" || m.searching() {
			t.Error("escape does not end the search")
		}
	})
}

func TestTheFooterSaysWhereNGoes(t *testing.T) {
	withRig(t, rigOptions{width: 140, height: 36}, func(t *testing.T, r *rig) {
		r.pass(20 * time.Second)
		r.press("6", "z")
		r.pass(oneFrame)
		r.sees(`N change back +n next change`, 0)
		r.press("/", "O", "P", "E", "N", "enter")
		r.pass(oneFrame)
		r.sees(`N match back +n next match`, 0)
		r.seesNot(`change back`)
	})
}

func TestOnlyTheSelectedSensorsEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := logged(t, 1000, true)
		type1(m, "right")
		type1(m, "F")
		refresh(m)
		if inLog(m) != "note 996." || m.frame.Log.Only != "S1" {
			t.Fatalf("%q of %q", inLog(m), m.frame.Log.Only)
		}
		for i := 991; i > 0; i -= 5 {
			if type1(m, "up"); inLog(m) != fmt.Sprintf("note %d.", i) {
				t.Fatalf("%q, not note %d", inLog(m), i)
			}
		}
		type1(m, "right") // another sensor, from its newest on
		refresh(m)
		if inLog(m) != "note 997." || !m.frame.Log.Following {
			t.Errorf("%q", inLog(m))
		}
		type1(m, "esc")
		refresh(m)
		if inLog(m) != "note 999." || m.frame.Log.Only != "" {
			t.Errorf("%q of %q", inLog(m), m.frame.Log.Only)
		}
	})
}

func TestEnterGoesToTheMomentAndTheLogKeepsItsPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := logged(t, 100, true)
		for range 12 {
			type1(m, "up")
		}
		type1(m, "enter") // note 87, of S2
		if !m.past.Frozen || m.frame.Now != 87*time.Second || m.frame.Selected != 2 || !m.frame.Detail {
			t.Fatalf("frozen %v at %v, sensor %d, detail %v", m.past.Frozen, m.frame.Now, m.frame.Selected, m.frame.Detail)
		}
		type1(m, "esc")
		if inLog(m) != "note 87." || !m.past.Frozen {
			t.Errorf("back at %q", inLog(m))
		}
		type1(m, "down")
		if type1(m, "enter"); m.frame.Now != 88*time.Second {
			t.Errorf("the next one shows %v", m.frame.Now)
		}
		type1(m, "esc")
		if type1(m, "z"); m.past.Frozen || inLog(m) != "note 88." {
			t.Errorf("live: %q", inLog(m))
		}
	})
}

func TestAClickChoosesAnEventAndASecondOneGoesThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := logged(t, 100, true)
		at := tea.MouseClickMsg{X: 20, Y: 3 + 4, Button: tea.MouseLeft}
		want := m.frame.Log.Lines[4].Text
		if m.Update(at); inLog(m) != want || m.past.Frozen {
			t.Fatalf("%q, not %q", inLog(m), want)
		}
		_, cmd := m.Update(at)
		settle(m, cmd)
		if !m.past.Frozen {
			t.Error("a second click does not go there")
		}
		m = logged(t, 3, true)
		m.Update(tea.MouseClickMsg{X: 20, Y: 15, Button: tea.MouseLeft}) // below the last one
		if !m.frame.Log.Following {
			t.Error("a click on nothing does something")
		}
	})
}

func TestTheWheelTurnsTheLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := logged(t, 100, true)
		m.Update(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
		m.Update(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
		m.Update(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
		if inLog(m) != "note 96." {
			t.Errorf("%q", inLog(m))
		}
	})
}

func TestAnEmptyLogTakesEveryKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := logged(t, 0, true)
		for _, key := range []string{"up", "g", "G", "pgup", "enter", "F", "y", "/", "x", "enter", "n", "N", "esc"} {
			type1(m, key)
			checkView(t, m)
		}
	})
}

func TestANewRunStartsTheLogAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := logged(t, 100, true)
		type1(m, "up")
		m.opts.Hub.Publish(runStarted(logConfig()))
		refresh(m)
		if !m.frame.Log.Following || len(m.frame.Log.Lines) != 0 || strings.Contains(ansi.Strip(m.View().Content), "note") {
			t.Error("the old log is still there")
		}
	})
}

func TestScrubbingMovesTheCursorOfAHeldLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := logged(t, 100, true)
		type1(m, "up")
		settle(m, m.freezeAt(50*time.Second))
		m.Update(nil)
		if inLog(m) != "note 50." {
			t.Errorf("at 50 s it stands on %q", inLog(m))
		}
	})
}

func TestWhatIsCopiedIsTheEventOrTheState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := logged(t, 10, true)
		_, cmd := m.Update(typed("y"))
		if got := clipboard(cmd); got != "00:09.0  batch 19  S4 exhaust  note 9." {
			t.Errorf("copied %q", got)
		}
		m.Update(typed("2"))
		_, cmd = m.Update(typed("y"))
		if got := clipboard(cmd); !strings.HasPrefix(got, "S0 boiler: WAITING") {
			t.Errorf("copied %q", got)
		}
	})
}

// clipboard is what a Cmd hands to the terminal's clipboard.
func clipboard(cmd tea.Cmd) string {
	if cmd == nil {
		return ""
	}
	batch, ok := cmd().(tea.BatchMsg)
	if !ok {
		return ""
	}
	return fmt.Sprint(batch[0]())
}

func TestThePageOfEventsFitsEverySize(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := logged(t, 200, true)
		type1(m, "up")
		for _, s := range [][2]int{{0, 0}, {10, 3}, {20, 5}, {40, 8}, {60, 16}, {200, 60}, {500, 200}} {
			m.Update(sized(s[0], s[1]))
			checkView(t, m)
			if m.layout.List.H > 0 && (m.frame.Log.Cursor < 0 || m.frame.Log.Cursor >= m.layout.List.H) && m.listed().Rows > 0 {
				t.Errorf("%v: the cursor is out of sight at %d", s, m.frame.Log.Cursor)
			}
		}
		if m.frame.Page != (events.Page{}) {
			t.Error("another page")
		}
	})
}
