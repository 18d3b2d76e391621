package tune

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/export"
	"resiltui/internal/model/dialog/dialogtest"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
)

// opened is a stage with the panel on it, for a sensor of a run that cannot be run
// again.
func opened(sensor int) (*dialogtest.Stage, *Panel) {
	s := dialogtest.New(120, 36, nil)
	s.Aim(sensor)
	o := Options{Run: s.View.Snap.Run, Sensor: sensor, Why: "no rehearsal here"}
	for i := range o.Run.Sensors {
		o.InForce = append(o.InForce, o.Run.Sensors[i].Policy.Complete())
	}
	t, _ := New(o)
	s.Open = append(s.Open, t)
	return s, t
}

func TestEverySettingIsInThePanelOnceAndInAGroup(t *testing.T) {
	var names, want []string
	for _, s := range rows() {
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
	if first := rows()[0]; first.Name != "breaker.threshold" {
		t.Errorf("it begins with %s", first.Name)
	}
}

func TestKeysMoveThroughTheSettings(t *testing.T) {
	s, panel := opened(0)
	last := len(panel.rows) - 1
	for _, step := range []struct {
		key  string
		want int
	}{
		{"up", 0},
		{"down", 1},
		{"j", 2},
		{"tab", 3},
		{"shift+tab", 2},
		{"k", 1},
		{"G", last},
		{"down", last},
		{"g", 0},
		{"pgdown", last},
		{"pgup", 0},
		{"ctrl+d", last},
		{"ctrl+u", 0},
	} {
		if s.Press(step.key); panel.cursor != step.want {
			t.Errorf("%s leads to %d, not %d", step.key, panel.cursor, step.want)
		}
	}
	s.View.Height = 16 // six settings
	if s.Press("pgdown"); panel.cursor != settingsIn(16) || panel.cursor >= last {
		t.Errorf("a screen leads to %d", panel.cursor)
	}
	s.Wheel(true)
	s.Wheel(true)
	if s.Wheel(false); panel.cursor != settingsIn(16)-1 {
		t.Errorf("the wheel leads to %d", panel.cursor)
	}
}

func TestATypedSettingOutOfRangeIsToldAtOnce(t *testing.T) {
	s, panel := opened(0)
	s.Press("0")
	if out := s.Text(); !strings.Contains(out, "no: 1 to 1000000, or off") || !strings.Contains(out, "must be a whole number from 1 to 1000000, or off") {
		t.Errorf("the range is not beside the field:\n%s", out)
	}
	s.Press("enter")
	if panel.typed == nil || panel.differs() {
		t.Error("it was taken")
	}
	s.Press("backspace", "7", "enter")
	if panel.typed != nil || panel.draft.Breaker.FailureThreshold != 7 {
		t.Errorf("7 gives %d", panel.draft.Breaker.FailureThreshold)
	}
	s.Press("8", "esc")
	if s.Top() != panel || panel.Types() || panel.draft.Breaker.FailureThreshold != 7 {
		t.Error("esc in the field does more than leave it")
	}
	s.Press("1")
	panel.Paste("2")
	if s.Press("enter"); panel.draft.Breaker.FailureThreshold != 12 {
		t.Errorf("12, of which 2 is pasted, gives %d", panel.draft.Breaker.FailureThreshold)
	}
}

func TestEnterAppliesToTheSensorAndTheStarToAll(t *testing.T) {
	s, _ := opened(2)
	s.Press("left", "left", "enter")
	if len(s.Did) != 1 {
		t.Fatalf("enter sends %+v", s.Did)
	}
	if got := s.Did[0]; got.Op != event.Tune || !slices.Equal(got.Sensors, []int{2}) || got.Policy.Breaker.FailureThreshold != 3 || got.By != "you pressed enter" {
		t.Errorf("enter sends %+v", got)
	}
	if out := s.Text(); !strings.Contains(out, "S2 tuned: with batch 1") || !strings.Contains(out, "3 failures in a row  (scenario: 5)") {
		t.Errorf("after enter:\n%s", out)
	}
	s.Press("*")
	if len(s.Did) != 5 { // S2 has it
		t.Fatalf("* sends %d more", len(s.Did)-1)
	}
	for i, c := range s.Did[1:] {
		if c.Op != event.Tune || slices.Contains(c.Sensors, 2) || c.Policy.Breaker.FailureThreshold != 3 {
			t.Errorf("* sends %d: %+v", i, c)
		}
	}
	s.Press("*")
	if len(s.Did) != 5 || !strings.Contains(s.Text(), "all sensors have these settings already") {
		t.Error("* again tunes again")
	}
	s.Press("T")
	if len(s.Did) != 6 || s.Did[5].Policy.Breaker.FailureThreshold != 5 || s.Did[5].By != "you pressed T" {
		t.Errorf("T sends %+v", s.Did[5:])
	}
	s.Press("T")
	if len(s.Did) != 6 || !strings.Contains(s.Text(), "the settings are the scenario's") {
		t.Error("T again undoes again")
	}
}

func TestWhatWasOnlyChosenIsUndoneInThePanel(t *testing.T) {
	s, panel := opened(0)
	s.Press("left", "T")
	if len(s.Did) > 0 || panel.differs() || !strings.Contains(s.Text(), "settings of S0 back to the scenario's") {
		t.Errorf("T sends %+v:\n%s", s.Did, s.Text())
	}
}

func TestTheStarLeavesTheOthersTheirOwnSettings(t *testing.T) {
	s, _ := opened(3)
	s.Press("*")
	if len(s.Did) > 0 || !strings.Contains(s.Text(), "there is nothing to give to all") {
		t.Errorf("with nothing chosen * sends %+v", s.Did)
	}
	s.Press("left", "left", "*")
	run := s.View.Snap.Run
	for _, c := range s.Did {
		before := run.Sensors[c.Sensors[0]].Policy
		if got := policy.Differences(before, c.Policy); !slices.Equal(got, []string{"trip after 5 → 3 failures in a row"}) {
			t.Errorf("sensor %d: %v", c.Sensors[0], got)
		}
	}
	if len(s.Did) != len(run.Sensors) {
		t.Errorf("%d sensors of %d are tuned", len(s.Did), len(run.Sensors))
	}
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
	s, panel := opened(0)
	to := func(name string) {
		panel.cursor = slices.IndexFunc(panel.rows, func(s row) bool { return s.Name == name })
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
			s.Press(key)
			if panel.typed != nil || !reflect.DeepEqual(panel.draft, before) || !strings.Contains(s.Text(), "means nothing now ("+off(name, before)[1:]) {
				t.Errorf("%s takes %q:\n%s", name, key, s.Text())
			}
		}
	}
}

func TestAStepAtTheEndOfTheRangeSaysSo(t *testing.T) {
	s, panel := opened(0)
	for range 10 { // from 5 down to off
		s.Press("left")
	}
	before := panel.draft
	if s.Press("left"); !reflect.DeepEqual(panel.draft, before) || !strings.Contains(s.Text(), "no further: ") {
		t.Errorf("at %d:\n%s", panel.draft.Breaker.FailureThreshold, s.Text())
	}
}

func TestSettingsAreCopiedAsCode(t *testing.T) {
	s, panel := opened(0)
	s.Press("left", "y")
	if out := s.Text(); !strings.Contains(out, "gobreaker 2 (Go)") || !strings.Contains(out, "Polly 8 (C#)") {
		t.Fatalf("nothing to choose from:\n%s", out)
	}
	want, err := export.Code("failsafe-go", "S0", panel.draft)
	if err != nil {
		t.Fatal(err)
	}
	if got := clipped(s.Press("down", "enter")); got != want {
		t.Errorf("copied: %q, not %q", got, want)
	}
	if s.Top() != panel || !strings.Contains(s.Text(), "for failsafe-go") || !strings.HasPrefix(s.Said[0], "settings of S0 copied for failsafe-go ") {
		t.Errorf("nothing says so but %q:\n%s", s.Said, s.Text())
	}
	for _, c := range []struct {
		how  string
		copy func() tea.Cmd
	}{
		{"4", func() tea.Cmd { return s.Press("y", "4") }},
		{"a click", func() tea.Cmd { s.Press("y"); return s.Click(t, "Polly 8") }},
		{"the wheel", func() tea.Cmd {
			s.Press("y")
			for _, up := range []bool{true, false, false, false, false, false} {
				s.Wheel(up)
			}
			return s.Press("y")
		}},
	} {
		if got := clipped(c.copy()); !strings.Contains(got, "Polly") || s.Top() != panel {
			t.Errorf("%s copies %q", c.how, got)
		}
	}
	if s.Press("y", "x", "esc"); s.Top() != panel {
		t.Errorf("esc leads to %T", s.Top())
	}
}

// clipped is what a Cmd puts into the clipboard.
func clipped(cmd tea.Cmd) string {
	if cmd == nil {
		return ""
	}
	if msg := cmd(); reflect.TypeOf(msg) == reflect.TypeOf(tea.SetClipboard("")()) {
		return fmt.Sprint(msg)
	}
	return ""
}

func TestSettingsAreWrittenToANewFile(t *testing.T) {
	s, panel := opened(0)
	var written []string
	var fails error
	panel.save = func(ext, text string) (string, error) {
		written = append(written, ext, text)
		return "resiltui-pipeline-2.settings", fails
	}
	if cmd := s.Press("w"); cmd != nil || !strings.Contains(s.Text(), "there is nothing to write") {
		t.Error("nothing is written to a file")
	}
	s.Answer(s.Press("left", "w"))
	if len(written) != 2 || written[0] != ".settings" || !strings.Contains(written[1], "sensors.S0.policy.breaker.threshold=4") {
		t.Errorf("%q are written", written)
	}
	if !strings.Contains(s.Text(), "written to resiltui-pipeline-2.settings") || s.Said[0] != "written to resiltui-pipeline-2.settings" {
		t.Errorf("the name is not told, %q:\n%s", s.Said, s.Text())
	}
	fails = errors.New("read-only file system")
	s.Answer(s.Press("w"))
	if !strings.Contains(s.Text(), "not written: read-only file system") {
		t.Errorf("the error is not told:\n%s", s.Text())
	}
}

func TestThePanelByMouse(t *testing.T) {
	s, panel := opened(0)
	s.Click(t, "failure rate")
	if panel.cursor != 1 || panel.Types() {
		t.Errorf("a click is on row %d", panel.cursor)
	}
	if s.Click(t, "failure rate"); !panel.Types() {
		t.Error("a second click opens no field")
	}
	s.Click(t, "esc leave it")
	if panel.Types() {
		t.Error("a click on esc leaves the field open")
	}
}

func TestThePanelOfAnotherRunCloses(t *testing.T) {
	s, _ := opened(0)
	s.View.Snap.Run = dialogtest.Run()
	s.Press("left")
	if s.Top() != nil || len(s.Said) != 1 || !strings.HasPrefix(s.Said[0], "the run was started again") {
		t.Errorf("%d dialogs are open, and it says %q", len(s.Open), s.Said)
	}
}

func TestThePanelLeavesOtherKeysAlone(t *testing.T) {
	s, _ := opened(0)
	for _, key := range []string{"q", "?", "z", "c", "ctrl+t", "esc"} {
		if s.Takes(key) {
			t.Errorf("it takes %q", key)
		}
	}
}

func TestThePanelHasTheSnapshotHoldItsSensor(t *testing.T) {
	s, panel := opened(3)
	for _, c := range []struct{ asked, want []int }{
		{nil, nil}, // all
		{[]int{}, []int{3}},
		{[]int{0, 1}, []int{0, 1, 3}},
		{[]int{3, 4}, []int{3, 4}},
	} {
		q := stats.Query{Sensors: c.asked}
		if panel.Query(s.View, &q); !reflect.DeepEqual(q.Sensors, c.want) {
			t.Errorf("%v becomes %v, not %v", c.asked, q.Sensors, c.want)
		}
	}
}

// anyGhost is what a rehearsal may come to.
func anyGhost(t *rapid.T) outcome {
	text := rapid.SampledFrom(dialogtest.Texts())
	lane := func(name string) track {
		return track{
			Columns: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) stats.Column {
				return stats.Column{
					State: breaker.State(rapid.IntRange(0, 6).Draw(t, "state")),
					Probe: rapid.Bool().Draw(t, "probe"), Fault: rapid.Bool().Draw(t, "fault"),
				}
			}), 0, 40).Draw(t, name),
			Attempts: rapid.IntRange(0, 1<<30).Draw(t, "attempts"),
			Seen:     figure{Time: 1 << 60, Known: rapid.Bool().Draw(t, "seen")},
		}
	}
	return outcome{
		Ready: rapid.Bool().Draw(t, "ready"), Old: rapid.Bool().Draw(t, "old"), Faulted: rapid.Bool().Draw(t, "faulted"),
		Why: text.Draw(t, "why"), Elsewhere: text.Draw(t, "elsewhere"), Was: lane("was"), Would: lane("would"),
	}
}

func TestThePanelFitsEveryScreen(t *testing.T) {
	keys := []string{"up", "down", "left", "right", "enter", "esc", "G", "9", "m", "backspace", "*", "T", "y", "space", "tab"}
	text := rapid.SampledFrom(dialogtest.Texts())
	rapid.Check(t, func(t *rapid.T) {
		s, panel := opened(rapid.IntRange(0, 4).Draw(t, "sensor"))
		s.View.Width, s.View.Height = rapid.IntRange(0, 200).Draw(t, "width"), rapid.IntRange(0, 80).Draw(t, "height")
		s.View.Look = draw.NewLook(draw.Options{ASCII: rapid.Bool().Draw(t, "ascii")}, true)
		s.View.Effect, panel.ghost = text.Draw(t, "effect"), anyGhost(t)
		info := &panel.run.Sensors[panel.sensor]
		info.ID, info.Name = text.Draw(t, "id"), text.Draw(t, "name")
		for range rapid.IntRange(0, 12).Draw(t, "keys") {
			if s.Press(rapid.SampledFrom(keys).Draw(t, "key")); s.Top() == nil {
				return
			}
			dialogtest.Fits(t, s.Top().Draw(s.View), s.View.Width, s.View.Height)
		}
	})
}

func TestWhatIsNotThereYetTakesTheSameRoom(t *testing.T) {
	s, panel := opened(0)
	lines := func(g outcome) int {
		panel.ghost = g
		return strings.Count(s.Text(), "\n")
	}
	if waiting, there := lines(outcome{}), lines(outcome{Ready: true}); waiting != there {
		t.Errorf("the panel jumps from %d lines to %d", waiting, there)
	}
}
