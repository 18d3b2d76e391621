package verdict

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/model/dialog"
	"resiltui/internal/model/dialog/dialogtest"
	"resiltui/internal/stats"
	"resiltui/internal/stats/verdict"
)

// batches are some that begin at a time.
type batches time.Duration

func (b batches) From() time.Duration { return time.Duration(b) }

func (batches) Rehearse(map[int]policy.Policy) ([]event.Event, error) { return nil, nil }

// newest gives the batches that begin at a time; a negative one is none.
func newest(from time.Duration) func() dialog.Window {
	return func() dialog.Window {
		if from < 0 {
			return nil
		}
		return batches(from)
	}
}

const second = time.Second

func TestAVerdictIsNewsOnce(t *testing.T) {
	run, again := dialogtest.Run(), dialogtest.Run()
	first, later := verdict.Verdict{Sensor: 3, Over: 40 * second}, verdict.Verdict{Sensor: 1, Over: 70 * second}
	p := &Popup{}
	for i, step := range []struct {
		run  *event.Run
		list []verdict.Verdict
		news bool
	}{
		{nil, nil, false},
		{run, nil, false},
		{run, []verdict.Verdict{first}, true},
		{run, []verdict.Verdict{first}, false},
		{run, []verdict.Verdict{first, later}, true},
		{run, []verdict.Verdict{later}, false},
		{again, nil, false},
		{again, []verdict.Verdict{first}, true}, // earlier, but of another run
	} {
		if got := p.Notice(&stats.Snapshot{Run: step.run, Verdicts: step.list}, newest(-1)); got != step.news {
			t.Errorf("step %d is news: %v", i, got)
		}
		if step.news && p.Verdict.Sensor != step.list[len(step.list)-1].Sensor {
			t.Errorf("step %d is about sensor %d", i, p.Verdict.Sensor)
		}
	}
	if p.Shown {
		t.Error("what is news is shown by itself")
	}
}

func TestTheBatchesOfTheNewestVerdictAreKept(t *testing.T) {
	run := dialogtest.Run()
	first := verdict.Verdict{Began: 30 * second, Over: 40 * second}
	later := verdict.Verdict{Began: 60 * second, Over: 70 * second}
	p := &Popup{}
	for i, step := range []struct {
		list []verdict.Verdict
		from time.Duration // of the newest batches
		want dialog.Window
	}{
		{nil, 0, nil},
		{[]verdict.Verdict{first}, 25 * second, batches(25 * second)},
		{[]verdict.Verdict{first}, 29 * second, batches(29 * second)}, // still with the fault's beginning
		{[]verdict.Verdict{first}, 31 * second, batches(29 * second)},
		{[]verdict.Verdict{first, later}, 65 * second, batches(65 * second)}, // its own, though it began before
		{[]verdict.Verdict{first, later}, -1, batches(65 * second)},
	} {
		p.Hold(&stats.Snapshot{Run: run, Verdicts: step.list}, newest(step.from))
		if p.Window != step.want {
			t.Errorf("step %d keeps %v, not %v", i, p.Window, step.want)
		}
	}
	p.Show(later)
	p.Hold(&stats.Snapshot{Run: dialogtest.Run()}, newest(0))
	if p.Window != nil || p.Shown {
		t.Error("another run leaves the verdict or its batches there")
	}
}

func TestAVerdictIsDrawnOnlyWhereItIsShownAndHasRoom(t *testing.T) {
	v := dialogtest.New(80, 24, nil).View
	small, narrow := v, v
	small.Height, narrow.Width = 4, 25
	p := &Popup{}
	if p.Draw(v).Text != "" {
		t.Error("none is shown, and yet there is a box")
	}
	p.Show(verdict.Verdict{Sensor: 3, Labels: []string{"crash"}})
	if out := ansi.Strip(p.Draw(v).Text); !strings.Contains(out, "verdict  S3 coolant  crash") {
		t.Errorf("it shows\n%s", out)
	}
	for _, v := range []dialog.View{small, narrow} {
		if out := p.Draw(v).Text; out != "" {
			t.Errorf("%d × %d cells have a box:\n%s", v.Width, v.Height, out)
		}
	}
	p.Show(verdict.Verdict{Sensor: 5})
	if p.Draw(v).Text != "" {
		t.Error("a sensor that is not there has a verdict")
	}
}
