package verdict

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog"
	"resiltui/internal/model/dialog/dialogtest"
	"resiltui/internal/stats"
	"resiltui/internal/stats/verdict"
)

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
		if got := p.Notice(&stats.Snapshot{Run: step.run, Verdicts: step.list}); got != step.news {
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

func TestAnotherRunTakesTheVerdictAway(t *testing.T) {
	p := &Popup{}
	run := dialogtest.Run()
	p.Notice(&stats.Snapshot{Run: run})
	p.Show(verdict.Verdict{Sensor: 3})
	if p.Notice(&stats.Snapshot{}); !p.Shown {
		t.Error("a snapshot before the run takes it away")
	}
	if p.Notice(&stats.Snapshot{Run: run}); !p.Shown {
		t.Error("the run that it is of takes it away")
	}
	if p.Notice(&stats.Snapshot{Run: dialogtest.Run()}); p.Shown {
		t.Error("another run leaves it there")
	}
}

func TestAVerdictIsDrawnOnlyWhereItIsShownAndHasRoom(t *testing.T) {
	v := dialogtest.New(80, 24, nil).View
	small, narrow := v, v
	small.Height, narrow.Width = 4, 25
	p := &Popup{}
	if !p.Draw(v).Empty() {
		t.Error("none is shown, and yet there is a box")
	}
	p.Show(verdict.Verdict{Sensor: 3, Labels: []string{"crash"}})
	if out := ansi.Strip(p.Draw(v).String()); !strings.Contains(out, "verdict  S3 coolant  crash") {
		t.Errorf("it shows\n%s", out)
	}
	for _, v := range []dialog.View{small, narrow} {
		if out := p.Draw(v).String(); out != "" {
			t.Errorf("%d × %d cells have a box:\n%s", v.Width, v.Height, out)
		}
	}
	p.Show(verdict.Verdict{Sensor: 5})
	if !p.Draw(v).Empty() {
		t.Error("a sensor that is not there has a verdict")
	}
}
