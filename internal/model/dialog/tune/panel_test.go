package tune

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/model/dialog/dialogtest"
	"resiltui/internal/stats"
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

func TestAValueTypedIntoTheOpenFieldReplacesTheOneInForce(t *testing.T) {
	s, panel := opened(0)
	if s.Press("enter", "3", "enter"); panel.draft.Breaker.FailureThreshold != 3 {
		t.Errorf("Enter, 3 makes %d of 5", panel.draft.Breaker.FailureThreshold)
	}
	if s.Press("space", "left", "1", "enter"); panel.draft.Breaker.FailureThreshold != 13 {
		t.Errorf("left and 1 make %d of 3", panel.draft.Breaker.FailureThreshold)
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
