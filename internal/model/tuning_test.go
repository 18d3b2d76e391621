package model

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/export"
	"resiltui/internal/scenario"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
)

// ghost has the open panel run its window again, as its Cmd would have.
func (p picture) ghost(t testing.TB) *tuning {
	t.Helper()
	panel := openPanel(p.m)
	if panel == nil {
		t.Fatalf("%T is open", p.m.top())
	}
	panel.busy = false
	if cmd := panel.rehearse(); cmd != nil {
		p.m.Update(cmd())
	}
	return panel
}

// openPanel is the panel where it has the keys, else nil.
func openPanel(m *Model) *tuning {
	panel, _ := m.top().(*tuning)
	return panel
}

func TestEverySettingIsInThePanelOnceAndInAGroup(t *testing.T) {
	var names, want []string
	for _, s := range tuneSettings() {
		names = append(names, s.Name)
	}
	for _, s := range policy.Settings() {
		want = append(want, s.Name)
	}
	slices.Sort(names)
	slices.Sort(want)
	if !slices.Equal(names, want) {
		t.Errorf("the panel has %v", names)
	}
	if first := tuneSettings()[0]; first.Name != "breaker.threshold" {
		t.Errorf("it begins with %s", first.Name)
	}
}

func TestTuningOverThePipeline(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 16}, {44, 10}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			atMoment(t, moment, crashed, Options{}, func(t *testing.T, p picture) {
				p.take(size[0], size[1])
				p.press("right", "right", "right", "t", "left", "left")
				p.ghost(t)
				golden.RequireEqual(t, ansi.Strip(p.take(size[0], size[1])))
			})
		})
	}
	t.Run("typed, ASCII", func(t *testing.T) {
		atMoment(t, moment, crashed, Options{Look: draw.Options{ASCII: true}}, func(t *testing.T, p picture) {
			p.take(80, 24)
			p.press("right", "right", "right", "t", "left", "enter", "G", "1", "m")
			p.ghost(t)
			out := ansi.Strip(p.take(80, 24))
			if strings.ContainsFunc(out, func(r rune) bool { return r > '~' }) {
				t.Errorf("not ASCII:\n%s", out)
			}
			golden.RequireEqual(t, out)
		})
	})
}

// TestTheGhostsFiguresAreThoseOfTheVerdict compares what stands beside the lanes
// with the verdict that the run itself gave.
func TestTheGhostsFiguresAreThoseOfTheVerdict(t *testing.T) {
	const over = 49 * time.Second // S3 is back, and its crash still in the window
	atMoment(t, over, crashed, Options{}, func(t *testing.T, p picture) {
		p.take(120, 36)
		p.press("right", "right", "right", "t")
		g := p.ghost(t).ghost
		s := p.m.feed.snapshot(stats.Query{Verdicts: 1, Columns: views.RehearsedBatches})
		v := s.Verdicts[0]
		if v.Sensor != 3 || g.Was.Seen.Time != v.SeenAfter || g.Was.Back.Time != v.Back || g.Was.Attempts != v.Attempts || !g.Faulted {
			t.Errorf("the lane says %+v, the verdict %+v", g.Was, v)
		}
		if !reflect.DeepEqual(g.Was, g.Would) {
			t.Error("with the same settings it would have been otherwise")
		}
		p.press("left", "left")
		after := p.ghost(t).ghost
		if after.Would.Seen.Time >= g.Was.Seen.Time || after.Would.Attempts >= g.Was.Attempts || !after.Would.Back.Known {
			t.Errorf("at 3 it would be seen after %v with %d attempts", after.Would.Seen, after.Would.Attempts)
		}
	})
}

func TestTheWindowStaysWhileThePanelIsOpen(t *testing.T) {
	atMoment(t, moment, crashed, Options{}, func(t *testing.T, p picture) {
		p.take(120, 36)
		p.press("right", "right", "right", "t")
		before := p.ghost(t).ghost
		time.Sleep(20 * time.Second)
		synctest.Wait()
		p.take(120, 36)
		p.press("left", "right")
		if after := p.ghost(t).ghost; !reflect.DeepEqual(before, after) {
			t.Errorf("twenty seconds later the same settings give another ghost:\n%+v\n%+v", before, after)
		}
	})
}

// TestElsewhereIsWhatTheOthersWouldDo counts the openings of a run that was given
// the settings in earnest.
func TestElsewhereIsWhatTheOthersWouldDo(t *testing.T) {
	atMoment(t, moment, crashed, Options{}, func(t *testing.T, p picture) {
		p.take(120, 36)
		p.press("right", "right", "right", "t")
		if g := p.ghost(t).ghost; !strings.Contains(g.Elsewhere, "nothing differs") || g.Worse {
			t.Errorf("unchanged: %q", g.Elsewhere)
		}
		p.press("1", "enter") // trip after one failure: whoever fails a call opens
		panel := p.ghost(t)
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

func TestATypedSettingOutOfRangeIsToldAtOnce(t *testing.T) {
	m := still(t, 120, 36)
	press(m, "t", "0")
	out := plain(m)
	if !strings.Contains(out, "no: 1 to 1000000, or off") || !strings.Contains(out, "must be a whole number from 1 to 1000000, or off") {
		t.Errorf("the range is not beside the field:\n%s", out)
	}
	press(m, "enter")
	panel := openPanel(m)
	if panel.typed == nil || panel.differs() {
		t.Error("it was taken")
	}
	press(m, "backspace", "7", "enter")
	if panel.typed != nil || panel.draft.Breaker.FailureThreshold != 7 {
		t.Errorf("7 gives %d", panel.draft.Breaker.FailureThreshold)
	}
	press(m, "8", "esc")
	if openPanel(m) != panel || panel.draft.Breaker.FailureThreshold != 7 {
		t.Error("esc in the field does more than leave it")
	}
	m.Update(tea.PasteMsg{Content: "9"})
	press(m, "enter")
	if panel.draft.Breaker.FailureThreshold != 7 {
		t.Error("what is pasted goes to a field that is not open")
	}
}

func TestEnterAppliesToTheSensorAndTheStarToAll(t *testing.T) {
	m := still(t, 120, 36)
	press(m, "right", "right", "t", "left", "left", "enter")
	got := told(m)
	if len(got) != 1 || got[0].Op != event.Tune || !slices.Equal(got[0].Sensors, []int{2}) || got[0].Policy.Breaker.FailureThreshold != 3 {
		t.Fatalf("enter sends %+v", got)
	}
	if !strings.Contains(plain(m), "S2 tuned: with batch 1") || !strings.Contains(plain(m), "3 failures in a row  (scenario: 5)") {
		t.Errorf("after enter:\n%s", plain(m))
	}
	press(m, "*")
	if got = told(m); len(got) != 5 { // S2 has it
		t.Fatalf("* sends %d more", len(got)-1)
	}
	for i, c := range got[1:] {
		if c.Op != event.Tune || slices.Contains(c.Sensors, 2) || c.Policy.Breaker.FailureThreshold != 3 {
			t.Errorf("* sends %d: %+v", i, c)
		}
	}
	press(m, "*")
	if len(told(m)) != 5 || !strings.Contains(plain(m), "all sensors have these settings already") {
		t.Error("* again tunes again")
	}
	press(m, "T")
	if got = told(m); len(got) != 6 || got[5].Policy.Breaker.FailureThreshold != 0 && got[5].Policy.Breaker.FailureThreshold != 5 {
		t.Errorf("T sends %+v", got[5:])
	}
	press(m, "T")
	if len(told(m)) != 6 {
		t.Error("T again undoes again")
	}
}

func TestTheStarLeavesTheOthersTheirOwnSettings(t *testing.T) {
	atMoment(t, moment, crashed, Options{}, func(t *testing.T, p picture) {
		deaf := &deafEngine{}
		p.take(120, 36)
		p.press("right", "right", "right", "t", "left", "left")
		p.m.opts.Engine = deaf
		p.press("*")
		run := p.m.frame.Snap.Run
		for _, c := range deaf.commands() {
			before := run.Sensors[c.Sensors[0]].Policy
			if got := policy.Differences(before, c.Policy); !slices.Equal(got, []string{"trip after 5 → 3 failures in a row"}) {
				t.Errorf("sensor %d: %v", c.Sensors[0], got)
			}
		}
		if len(deaf.commands()) != len(run.Sensors) {
			t.Errorf("%d sensors of %d are tuned", len(deaf.commands()), len(run.Sensors))
		}
	})
}

func TestSettingsThatNeedEachOtherAreTransferredTogether(t *testing.T) {
	var from policy.Policy
	for _, s := range policy.Settings() {
		for range 3 {
			s.Step(&from, true)
		}
	}
	to := transfer(policy.Settings(), from, policy.Policy{})
	if d := policy.Differences(from, to); len(d) > 0 {
		t.Errorf("not transferred: %v", d)
	}
	if d := policy.Differences(policy.Policy{}, transfer(policy.Settings(), policy.Policy{}, from)); len(d) > 0 {
		t.Errorf("not transferred back: %v", d)
	}
}

func TestSettingsThatMeanNothingAreGreyedWithTheReason(t *testing.T) {
	m := still(t, 120, 36)
	press(m, "t")
	panel := openPanel(m)
	to := func(name string) {
		panel.cursor = slices.IndexFunc(panel.rows, func(s tuneSetting) bool { return s.Name == name })
	}
	for name, change := range map[string]func(p *policy.Policy){
		"breaker.threshold": func(p *policy.Policy) { p.BreakerOff = true },
		"retry.jitter":      func(p *policy.Policy) { p.Retry.MaxAttempts = 1 },
		"fallback.maxAge":   func(p *policy.Policy) { p.Strategy = "" },
	} {
		panel.draft = panel.opened
		change(&panel.draft)
		before := panel.draft
		to(name)
		for _, key := range []string{"right", "space", "1"} {
			press(m, key)
			if panel.typed != nil || !reflect.DeepEqual(panel.draft, before) || !strings.Contains(plain(m), "means nothing now ("+off(name, before)[1:]) {
				t.Errorf("%s takes %q:\n%s", name, key, plain(m))
			}
		}
	}
}

func TestARealRunHasNoRehearsalAndSaysWhy(t *testing.T) {
	m := still(t, 120, 36)
	run := *m.frame.Snap.Run
	run.Virtual = false
	m.frame.Snap.Run = &run
	press(m, "t", "left")
	if !strings.Contains(plain(m), "real time cannot be run again") {
		t.Errorf("tuning a real run:\n%s", plain(m))
	}
	press(m, "enter")
	if got := told(m); len(got) != 1 || !strings.Contains(plain(m), "S0 tuned: at once") {
		t.Errorf("enter sends %+v", got)
	}
}

func TestSettingsAreCopiedAsCode(t *testing.T) {
	m := still(t, 120, 36)
	press(m, "t", "left", "y")
	if out := plain(m); !strings.Contains(out, "gobreaker 2 (Go)") || !strings.Contains(out, "Polly 8 (C#)") {
		t.Fatalf("nothing to choose from:\n%s", out)
	}
	press(m, "down")
	_, cmd := m.Update(typed("enter"))
	want, err := export.Code("failsafe-go", "S0", openPanel(m).draft)
	if err != nil {
		t.Fatal(err)
	}
	if got := clipped(cmd); got != want {
		t.Errorf("copied: %q, not %q", got, want)
	}
	if !strings.Contains(plain(m), "for failsafe-go") {
		t.Error("nothing says so")
	}
	press(m, "y")
	if _, cmd = m.Update(typed("4")); !strings.Contains(clipped(cmd), "Polly") {
		t.Errorf("4 copies %q", clipped(cmd))
	}
	press(m, "y", "esc")
	if openPanel(m) == nil {
		t.Errorf("esc leads to %T", m.top())
	}
}

// clipped is what a Cmd puts into the clipboard. Ticks among its parts are left
// alone.
func clipped(cmd tea.Cmd) string {
	if cmd == nil {
		return ""
	}
	batch, ok := cmd().(tea.BatchMsg)
	if !ok {
		return ""
	}
	want := reflect.TypeOf(tea.SetClipboard("")())
	if msg := batch[0](); reflect.TypeOf(msg) == want {
		return fmt.Sprint(msg)
	}
	return ""
}

func TestSettingsAreWrittenToANewFile(t *testing.T) {
	m := still(t, 120, 36)
	var name, text string
	var fails error
	m.opts.WriteFiles = func(n string, files []File) ([]string, error) {
		if fails != nil {
			return nil, fails
		}
		name, text = n+files[0].Ext, string(files[0].Data)
		return []string{"resiltui-pipeline-2.settings"}, nil
	}
	press(m, "t")
	if _, cmd := m.Update(typed("w")); cmd != nil || !strings.Contains(plain(m), "there is nothing to write") {
		t.Error("nothing is written to a file")
	}
	press(m, "left")
	_, cmd := m.Update(typed("w"))
	m.Update(cmd())
	if name != "resiltui-pipeline.settings" || !strings.Contains(text, "sensors.S0.policy.breaker.threshold=4") {
		t.Errorf("%s gets %q", name, text)
	}
	if !strings.Contains(plain(m), "written to resiltui-pipeline-2.settings") {
		t.Errorf("the name is not told:\n%s", plain(m))
	}
	fails = errors.New("read-only file system")
	_, cmd = m.Update(typed("w"))
	m.Update(cmd())
	if !strings.Contains(plain(m), "not written: read-only file system") {
		t.Errorf("the error is not told:\n%s", plain(m))
	}
}

func TestAFileIsNeverReplaced(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, want := range []string{"a.settings", "a-2.settings", "a-3.settings"} {
		if got, err := writeNew("a", []File{{".settings", []byte(want)}}); !slices.Equal(got, []string{want}) || err != nil {
			t.Errorf("%s, %v, not %s", got, err, want)
		}
	}
	for _, name := range []string{"a.settings", "a-2.settings", "a-3.settings"} {
		if data, err := os.ReadFile(name); string(data) != name {
			t.Errorf("%s holds %q, %v", name, data, err)
		}
	}
	if _, err := writeNew("none/a", []File{{".settings", nil}}); err == nil {
		t.Error("a folder that is not there takes a file")
	}
	if got := fileName("my/../ä run"); got != "my------run" {
		t.Errorf("%q", got)
	}
}

func TestFilesOfOneNameHaveOneNumber(t *testing.T) {
	t.Chdir(t.TempDir())
	pair := []File{{".txt", []byte("text")}, {".ans", []byte("colour")}}
	for _, taken := range []string{"a.ans", "a-2.txt"} {
		if err := os.WriteFile(taken, []byte(taken), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := writeNew("a", pair); err != nil || !slices.Equal(got, []string{"a-3.txt", "a-3.ans"}) {
		t.Errorf("%v, %v", got, err)
	}
	left, err := filepath.Glob("*")
	if want := []string{"a-2.txt", "a-3.ans", "a-3.txt", "a.ans"}; err != nil || !slices.Equal(left, want) {
		t.Errorf("what is there now is %v, %v, not %v", left, err, want)
	}
}

func TestAFileThatCannotBeWrittenWholeIsNotThere(t *testing.T) {
	t.Chdir(t.TempDir())
	// The second name cannot be one: there is no such folder.
	if got, err := writeNew("a", []File{{".txt", []byte("text")}, {"/none.ans", nil}}); err == nil || got != nil {
		t.Errorf("%v, %v", got, err)
	}
	if left, err := filepath.Glob("*"); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestAVerdictThatCameWhileFrozenIsTunedOnItsFaults(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(10 * time.Second)
		r.press("right", "right", "right", "c")
		r.pass(4 * time.Second)
		r.press("r", "z")
		r.pass(90 * time.Second)
		r.press("z")
		r.pass(2 * oneFrame)
		r.sees(`tune on these faults`, soon)
		r.press("t")
		r.pass(time.Second)
		r.seen.mu.Lock()
		defer r.seen.mu.Unlock()
		if p := openPanel(r.seen.Model); p == nil || !p.ghost.Faulted {
			t.Error("the panel is not about the fault")
		}
	})
}

func TestTuneAfterTheEndIsNotRememberedForTheNextRun(t *testing.T) {
	withRig(t, rigOptions{config: ended(80)}, func(t *testing.T, r *rig) {
		r.pass(5 * time.Second)
		r.press("c")
		r.pass(4 * time.Second)
		r.press("r")
		r.pass(time.Minute)
		r.press("v", "t")
		r.sees(`the run has ended`, soon)
		r.press("ctrl+r")
		r.pass(25 * time.Second)
		r.press("right", "right", "t")
		r.pass(time.Second)
		r.seen.mu.Lock()
		defer r.seen.mu.Unlock()
		p := openPanel(r.seen.Model)
		if p == nil || p.window == nil {
			t.Fatal("the panel is not open")
		}
		if _, last := p.window.(*engine.Window).Batches(); r.seen.frame.Snap.Batch-last > 4 {
			t.Errorf("it is about batches up to %d of %d", last, r.seen.frame.Snap.Batch)
		}
	})
}

func TestTheNewestWishIsRehearsedAndNoOtherWaits(t *testing.T) {
	atMoment(t, moment, crashed, Options{}, func(t *testing.T, p picture) {
		p.take(120, 36)
		p.press("right", "right", "right")
		_, first := p.m.Update(typed("t"))
		if first == nil {
			t.Fatal("opening the panel rehearses nothing")
		}
		panel := openPanel(p.m)
		for range 3 { // while the first is on its way
			if _, cmd := p.m.Update(typed("left")); cmd != nil {
				t.Fatal("two rehearsals are on their way")
			}
		}
		_, second := p.m.Update(first())
		if second == nil || !panel.ghost.Old {
			t.Fatalf("the newest wish is forgotten; the ghost is old: %v", panel.ghost.Old)
		}
		if _, third := p.m.Update(second()); third != nil || panel.ghost.Old || panel.draft.Breaker.FailureThreshold != 2 {
			t.Error("more is rehearsed than was asked for")
		}
		p.press("left")
		late := panel.rehearse
		p.press("esc")
		panel.busy = false
		if _, cmd := p.m.Update(late()()); cmd != nil || p.m.top() != nil {
			t.Error("an answer that comes too late opens or asks something")
		}
	})
}

func TestTuningChangesTheRunAndIsUndone(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(10 * time.Second)
		r.press("right", "right", "right", "t", "left", "left")
		r.sees(`would +─+ +seen`, time.Second)
		r.press("enter")
		r.sees(`SETTINGS DIFFER \(T\)`, time.Second)
		r.press("esc", "c")
		r.sees(`CLOSED to OPEN: 3 failures in a row`, 5*time.Second)
		r.press("r", "left", "T")
		r.sees(`S2 has the scenario's settings, another sensor has not`, 0)
		r.press("right", "T")
		r.sees(`S3 coolant .*trip after 3 → 5 failures in a row`, time.Second)
		r.seesNot(`SETTINGS DIFFER`)
	})
}

func TestTheVerdictIsTunedOnItsOwnFaults(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(8 * time.Second)
		r.press("right", "right", "right", "c")
		r.pass(5 * time.Second)
		r.press("r")
		r.sees(`verdict  S3`, 10*time.Second)
		r.pass(11 * time.Second) // the crash would be out of a new window's reach by now
		r.press("left", "v", "t")
		r.sees(`tune S3 coolant`, 0)
		r.sees(`fault +!!!!!+ +attempts \d+ → \d+ `, time.Second)
	})
}

func TestKeysInAnOverlayAreCaptioned(t *testing.T) {
	withRig(t, rigOptions{model: Options{ShowKeys: true}}, func(t *testing.T, r *rig) {
		r.pass(2 * time.Second)
		r.press("t", "left")
		r.sees(`(?m) left +$`, 0)
	})
}

// BenchmarkTheGhost is from the key to the ghost lane: three rehearsals of 30
// batches, or two where what was is known, and their tallies.
func BenchmarkTheGhost(b *testing.B) {
	hub := event.NewHub(stats.New())
	session, err := engine.NewSession(engine.Options{
		Hub: hub, Seed: scenario.DefaultSeed, Paced: true, Speed: 64,
		Build: func(seed uint64) (engine.Config, error) { return crashed(seed), nil },
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
	window, err := session.Window(views.RehearsedBatches)
	if err != nil {
		b.Fatal(err)
	}
	cancel()
	<-ended
	config := crashed(scenario.DefaultSeed)
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
