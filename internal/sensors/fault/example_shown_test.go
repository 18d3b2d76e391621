package fault_test

import (
	"strings"
	"testing"

	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog/dialogtest"
	"resiltui/internal/model/dialog/faults"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors/fault"
)

// What else there is once a kind is in the list. Nothing of this is written for it.

// shown in docs/extending.md from here: what a kind of fault gets

func TestAKindInTheListIsFoundByItsNameInAScript(t *testing.T) {
	kind := fault.WithHiccup(t)
	pipeline := scenario.Pipeline()
	script, err := pipeline.FaultScript([]string{"S3:hiccup@5-15"}, 30)
	if err != nil {
		t.Fatal(err)
	}
	begin, end := script[0], script[1]
	if begin.Batch != 5 || begin.Command.Op != event.Inject || begin.Command.Fault != kind.Default {
		t.Errorf("it begins as %+v", begin)
	}
	if end.Batch != 16 || end.Command.Op != event.EndFault || end.Command.Fault.Kind != kind.Number {
		t.Errorf("it ends as %+v", end)
	}
	_, err = pipeline.FaultScript([]string{"S3:hicup@5"}, 30)
	if err == nil || !strings.Contains(err.Error(), `did you mean "hiccup"?`) {
		t.Errorf("with a mistake in its name: %v", err)
	}
}

func TestAKindInTheListHasARowAndAKeyInThePalette(t *testing.T) {
	kind := fault.WithHiccup(t)
	stage := dialogtest.New(100, 36, nil)
	stage.Open = append(stage.Open, faults.New(stage.View.Snap.Run, map[fault.Number]fault.Fault{}))
	stage.Press("H")
	for _, want := range []string{"H hiccup", "hiccup +200 ms in 1 of 5", "one attempt in", "takes longer by"} {
		if !strings.Contains(stage.Text(), want) {
			t.Errorf("no %q:\n%s", want, stage.Text())
		}
	}
	stage.Press("right", "enter") // one in six
	if len(stage.Did) != 1 || stage.Did[0].Fault.Kind != kind.Number || stage.Did[0].Fault.Count != 6 {
		t.Errorf("it injects %+v", stage.Did)
	}
}

// to here
