package faults

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog/dialogtest"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/views/draw"
)

// opened is a stage with the palette on it, for the first sensor of a run.
func opened() *dialogtest.Stage {
	s := dialogtest.New(120, 36, nil)
	s.Open = append(s.Open, New(s.View.Snap.Run, map[fault.Number]fault.Fault{}))
	return s
}

// sees fails unless the palette shows what matches.
func sees(t *testing.T, s *dialogtest.Stage, pattern string) {
	t.Helper()
	if !regexp.MustCompile(pattern).MatchString(s.Text()) {
		t.Errorf("%q is not there:\n%s", pattern, s.Text())
	}
}

func TestThePaletteHasEveryFaultUnderAKeyOfItsOwn(t *testing.T) {
	rows, first := kindRows()
	keys, kinds := map[string]bool{}, map[fault.Number]bool{}
	s := opened()
	for i, k := range rows {
		if keys[k.Key] || kinds[k.Number] {
			t.Errorf("%q chooses two faults", k.Key)
		}
		keys[k.Key], kinds[k.Number] = true, true
		if i < first && k.Row != i+1 { // the first ones are those of the keys outside
			t.Errorf("%q is in row %d, not %d", k.Key, i+1, k.Row)
		}
		s.Press(k.Key, "enter")
		if got := s.Did[len(s.Did)-1]; got.Op != event.Inject || got.Fault != k.Default || got.By != "you pressed enter" {
			t.Errorf("%q injects %+v", k.Key, got)
		}
	}
	if len(kinds) != len(fault.Kinds()) {
		t.Errorf("the palette has %v", kinds)
	}
}

func TestAParameterIsSteppedOrTyped(t *testing.T) {
	s := opened()
	s.Press("s", "right", "enter") // in the list, steps are for the most telling one
	want := fault.Default(fault.Slow)
	want.Extra = 200 * time.Millisecond
	if got := s.Did[0].Fault; got != want {
		t.Errorf("a step gives %+v", got)
	}
	s.Press("7", "5", "enter", "enter") // the field, then the button
	want.Extra = 75 * time.Millisecond
	if got := s.Did[1].Fault; got != want {
		t.Errorf("75 gives %+v", got)
	}
	s.Press("up", "1", "2", "enter", "enter") // the time to live stands over the button
	want.Until = 12 * time.Second
	if got := s.Did[2].Fault; got != want {
		t.Errorf("a time to live gives %+v", got)
	}
	chosen := s.Top().(*Palette).chosen
	s.Open[0] = New(s.View.Snap.Run, chosen) // it is kept for the next time
	s.Press("s", "enter")
	if got := s.Did[3].Fault; got != want {
		t.Errorf("opened again it gives %+v", got)
	}
}

func TestAParameterOutOfRangeIsToldAtOnceAndNotInjected(t *testing.T) {
	for _, text := range []string{"0", "60001", "1e9", "x", ""} {
		s := opened()
		s.Press("s", "tab", "enter")
		for range 8 {
			s.Press("backspace")
		}
		for _, r := range text {
			s.Press(string(r))
		}
		if out := s.Text(); !strings.Contains(out, "no: between 1 and 60000 ms") {
			t.Errorf("%q: the range is not beside the field:\n%s", text, out)
		}
		s.Press("enter", "enter")
		if len(s.Did) > 0 {
			t.Errorf("%q injects %+v", text, s.Did)
		}
		s.Press("esc")
		if s.Top() == nil {
			t.Fatalf("%q: esc in the field closes the palette", text)
		}
		s.Press("tab", "tab", "enter") // on to the button
		if len(s.Did) != 1 || s.Did[0].Fault != fault.Default(fault.Slow) {
			t.Errorf("%q: then %+v is injected", text, s.Did)
		}
	}
}

func TestAValueIsPastedIntoTheFieldAlone(t *testing.T) {
	s := opened()
	p := s.Top().(*Palette)
	s.Press("s", "7")
	if !p.Types() {
		t.Fatal("a digit opens no field")
	}
	p.Paste("50")
	s.Press("enter", "enter")
	if len(s.Did) != 1 || s.Did[0].Fault.Extra != 750*time.Millisecond || p.Types() {
		t.Errorf("750 ms gives %+v", s.Did)
	}
}

// active are faults that a snapshot knows of.
func active(faults ...fault.Fault) []fault.Fault { return faults }

func TestThePaletteSaysWhatIsActive(t *testing.T) {
	crash := fault.Default(fault.Crash)
	crash.Until = 50 * time.Second
	slow, errors := fault.Default(fault.Slow), fault.Default(fault.Errors)
	for _, c := range []struct {
		what string
		on   [][]fault.Fault // by sensor
		all  bool
		want []string
	}{
		{"nothing", nil, false, []string{`faults  S0 boiler .* begins with batch 1 `, `active: none`, `» c crash {10}`}},
		{"one with an end", [][]fault.Fault{active(crash)}, false, []string{`active: crash, 20 s left +│`, `» c crash +! 20 s`}},
		{"two", [][]fault.Fault{active(crash, slow)}, false, []string{`active: crash, 20 s left; slow \+150 ms `, `s slow +! on`}},
		{"on another one", [][]fault.Fault{nil, active(crash)}, false, []string{`active: none`}},
		{
			"on many",
			[][]fault.Fault{active(crash, errors), active(errors), active(errors), active(errors), active(errors)},
			true,
			[]string{`faults  all 5 sensors `, `active: crash on S0; errors 50 % on S0, S1, S2 and 2 more`, `e errors +! 5/5`, `c crash +! 1/5`},
		},
	} {
		s := opened()
		s.View.Now = 30*time.Second + time.Millisecond
		for i, faults := range c.on {
			s.View.Snap.Sensors[i].Active = faults
		}
		if c.all {
			s.AimAtAll()
		}
		for _, want := range c.want {
			sees(t, s, want)
		}
	}
}

func TestThePaletteEndsFaults(t *testing.T) {
	s := opened()
	s.View.Snap.Sensors[0].Active = active(fault.Default(fault.Errors))
	s.Press("e")
	sees(t, s, `inject, in place of the one that is active`)
	s.Press("c", "d")
	sees(t, s, `no crash is active on S0 boiler`)
	s.Press("e", "d", "backspace")
	sees(t, s, `errors ends on S0 boiler: with batch 1`)
	s.Press("r")
	sees(t, s, `all faults end on S0 boiler: with batch 1`)
	s.Press("*", "r", "R")
	sees(t, s, `all faults end on all sensors: with batch 1`)
	want := []struct {
		op  event.Op
		all bool
		by  string
	}{
		{event.EndFault, false, "you pressed d"},
		{event.EndFault, false, "you pressed backspace"},
		{event.Recover, false, "you pressed r"},
		{event.Recover, true, "you pressed r"},
		{event.Recover, true, "you pressed R"},
	}
	if len(s.Did) != len(want) {
		t.Fatalf("%+v", s.Did)
	}
	for i, w := range want {
		if got := s.Did[i]; got.Op != w.op || (got.Sensors == nil) != w.all || got.By != w.by {
			t.Errorf("command %d is %+v", i, got)
		}
	}
	if said := s.Said[len(s.Said)-1]; said != "all faults end on all sensors: with batch 1" {
		t.Errorf("the screen says %q", said)
	}
}

func TestALockedPaletteSaysSoAndUnlocks(t *testing.T) {
	s := opened()
	s.View.Locked = "fault keys are locked; ! unlocks them"
	s.Press("c", "enter")
	if len(s.Did) > 0 {
		t.Errorf("a locked palette sends %+v", s.Did)
	}
	sees(t, s, `fault keys are locked; ! unlocks them`)
	s.Press("!", "enter")
	if len(s.Did) != 1 || s.Did[0].Op != event.Inject {
		t.Errorf("unlocked it sends %+v", s.Did)
	}
}

func TestThePaletteScrollsOnToTheOtherKinds(t *testing.T) {
	s := opened()
	if strings.Contains(s.Text(), "brownout") {
		t.Error("all kinds are listed at once")
	}
	_, first := kindRows()
	for range first {
		s.Press("down")
	}
	s.Press("enter")
	if !strings.Contains(s.Text(), "brownout") || s.Did[0].Fault.Kind != fault.Jitter {
		t.Errorf("scrolling on gives %+v:\n%s", s.Did, s.Text())
	}
	s.Press("m")
	if strings.Contains(s.Text(), "brownout") {
		t.Error("m does not hide them again")
	}
	s.Wheel(true)
	s.Press("enter")
	if got := s.Did[1].Fault.Kind; got != fault.Corrupt {
		t.Errorf("the wheel leads up to %v", got)
	}
}

func TestThePaletteByMouse(t *testing.T) {
	s := opened()
	s.Click(t, "e errors")
	s.Click(t, "inject  ")
	if len(s.Did) != 1 || s.Did[0].Fault.Kind != fault.Errors {
		t.Fatalf("%+v", s.Did)
	}
	s.Click(t, "attempts that fail")
	s.Click(t, "attempts that fail")
	if !s.Top().(*Palette).Types() {
		t.Error("a second click opens no field")
	}
	s.Click(t, "esc leave it")
	s.Click(t, "* all sensors")
	s.Click(t, "enter type a value")
	s.Click(t, "enter take it")
	s.Click(t, "inject  ")
	if len(s.Did) != 2 || s.Did[1].Sensors != nil {
		t.Fatalf("%+v", s.Did)
	}
}

func TestThePaletteOfAnotherRunCloses(t *testing.T) {
	s := opened()
	s.View.Snap.Run = dialogtest.Run()
	s.Press("c")
	if s.Top() != nil || len(s.Said) != 1 || s.Said[0] != "the run was started again" {
		t.Errorf("%d dialogs are open, and it says %q", len(s.Open), s.Said)
	}
}

func TestThePaletteLeavesOtherKeysAlone(t *testing.T) {
	s := opened()
	for _, key := range []string{"q", "?", "z", "ctrl+t", "esc"} {
		if s.Takes(key) {
			t.Errorf("it takes %q", key)
		}
	}
}

func TestThePaletteFitsEveryScreen(t *testing.T) {
	rows, _ := kindRows()
	keys := []string{"up", "down", "tab", "left", "right", "enter", "esc", "m", "*", "G", "9", "backspace", "d", "r"}
	for _, k := range rows {
		keys = append(keys, k.Key)
	}
	text := rapid.SampledFrom(dialogtest.Texts())
	rapid.Check(t, func(t *rapid.T) {
		s := opened()
		s.View.Width, s.View.Height = rapid.IntRange(0, 200).Draw(t, "width"), rapid.IntRange(0, 80).Draw(t, "height")
		s.View.Look = draw.NewLook(draw.Options{ASCII: rapid.Bool().Draw(t, "ascii")}, true)
		s.View.Locked, s.View.Effect = text.Draw(t, "locked"), text.Draw(t, "effect")
		for i := range s.View.Snap.Sensors {
			v := &s.View.Snap.Sensors[i]
			v.ID, v.Name = text.Draw(t, "id"), text.Draw(t, "name")
			for range rapid.IntRange(0, 3).Draw(t, "active") {
				f := rapid.SampledFrom(rows).Draw(t, "kind").Default
				f.Until = time.Duration(rapid.Int64Range(0, 1<<60).Draw(t, "until"))
				v.Active = append(v.Active, f)
			}
		}
		for range rapid.IntRange(0, 12).Draw(t, "keys") {
			s.Press(rapid.SampledFrom(keys).Draw(t, "key"))
			if s.Top() == nil {
				return
			}
			s.View.Target.Name = text.Draw(t, "target")
			dialogtest.Fits(t, s.Top().Draw(s.View), s.View.Width, s.View.Height)
		}
	})
}
