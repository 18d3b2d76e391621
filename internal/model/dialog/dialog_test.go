package dialog_test

import (
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog"
	"resiltui/internal/model/dialog/dialogtest"
	"resiltui/internal/sensors"
	"resiltui/internal/stats"
)

func TestARemarkGoesWithTheBatchThatItIsAbout(t *testing.T) {
	v := dialogtest.New(80, 24, nil).View
	for _, c := range []struct {
		remark dialog.Remark
		batch  int
		text   string
		bad    bool
	}{
		{dialog.Remark{}, 5, "", false},
		{dialog.Remark{Text: "no"}, 5, "no", false},
		{dialog.Remark{Text: "no", Bad: true}, 5, "no", true},
		{dialog.Remark{Text: "with batch 6", Batch: 6}, 5, "with batch 6", false},
		{dialog.Remark{Text: "with batch 6", Batch: 6}, 6, "", false},
		{dialog.Remark{Text: "with batch 6", Batch: 6}, 9, "", false},
	} {
		v.Snap.Batch = c.batch
		if text, bad := c.remark.Shown(v); text != c.text || bad != c.bad {
			t.Errorf("%+v at batch %d shows %q, bad %v", c.remark, c.batch, text, bad)
		}
	}
}

func TestAnEntryHoldsAShortText(t *testing.T) {
	e := dialog.NewEntry("12")
	for _, key := range []string{"3", "left", "left", "x"} {
		e.Edit(dialogtest.Key(key))
	}
	f := e.View("1 to 9", true)
	if e.Text() != "1x23" || f.Text != "1x23" || f.Cursor != 2 || f.Range != "1 to 9" || !f.Wrong {
		t.Errorf("it holds %q and shows %+v", e.Text(), f)
	}
	if e.Edit(tea.PasteMsg{Content: strings.Repeat("9", 100)}); len(e.Text()) != 32 {
		t.Errorf("it holds %d characters", len(e.Text()))
	}
}

func TestTheFirstCharacterTypedReplacesTheValue(t *testing.T) {
	for _, c := range []struct {
		value string
		keys  []string
		want  string
	}{
		{"5", []string{"3"}, "3"},
		{"5", []string{"3", "0"}, "30"},
		{"off", []string{"5", "0", "0", "m", "s"}, "500ms"},
		{"500ms", []string{"left", "left", "backspace"}, "50ms"},
		{"500ms", []string{"left", "1"}, "500m1s"},
		{"500ms", []string{"right", "1"}, "500ms1"},
		{"500ms", []string{"backspace"}, ""},
		{"500ms", []string{"delete", "7"}, "7"},
	} {
		e := dialog.NewSelected(c.value)
		if f := e.View("", false); !f.Selected || f.Text != c.value {
			t.Errorf("%q is not shown as selected: %+v", c.value, f)
		}
		for _, key := range c.keys {
			e.Edit(dialogtest.Key(key))
		}
		if e.Text() != c.want || e.View("", false).Selected {
			t.Errorf("%q and %q give %q, not %q", c.value, c.keys, e.Text(), c.want)
		}
	}
	e := dialog.NewSelected("5")
	if e.Edit(tea.PasteMsg{Content: "42"}); e.Text() != "42" {
		t.Errorf("what is pasted gives %q", e.Text())
	}
}

func TestANumberBeginsWithADigit(t *testing.T) {
	for key, want := range map[string]bool{"0": true, "9": true, "a": false, "-": false, "enter": false, "²": false} {
		if got := dialog.Begins(dialogtest.Key(key)); got != want {
			t.Errorf("%q begins a number: %v", key, got)
		}
	}
}

func TestAViewBeforeTheFirstRunHasNoSensors(t *testing.T) {
	v := dialog.View{Snap: &stats.Snapshot{}}
	if v.Total() != 0 || v.Real() {
		t.Errorf("%d sensors, real %v", v.Total(), v.Real())
	}
	v.Snap.Run = dialogtest.Run()
	if v.Total() != 5 || v.Real() {
		t.Errorf("of a simulation %d sensors, real %v", v.Total(), v.Real())
	}
	if v.Snap.Run.Virtual = false; !v.Real() {
		t.Error("endpoints are not real")
	}
}

func TestASensorIsAskedForOnceAndOthersAreLeftAlone(t *testing.T) {
	asked := make([]int, 2, 8)
	asked[1] = 1
	q := stats.Query{Sensors: asked}
	dialog.AskSensor(&q, 3)
	dialog.AskSensor(&q, 1)
	if want := []int{0, 1, 3}; !reflect.DeepEqual(q.Sensors, want) || asked[:3][2] != 0 {
		t.Errorf("%v, and the list that was handed in is %v", q.Sensors, asked[:3])
	}
	all := stats.Query{}
	if dialog.AskSensor(&all, 3); all.Sensors != nil {
		t.Errorf("all become %v", all.Sensors)
	}
}

func TestASensorWithoutAnIDIsCalledByItsName(t *testing.T) {
	for want, info := range map[string]sensors.Info{"S0": {ID: "S0", Name: "boiler"}, "shop": {Name: "shop"}} {
		if got := dialog.SensorName(event.Sensor{Info: info}); got != want {
			t.Errorf("%+v is called %q", info, got)
		}
	}
}
