package event

import (
	"strings"
	"testing"
)

func TestTheLogTellsHowManyCallersThereAre(t *testing.T) {
	for callers, want := range map[int]string{0: `"callers":1,`, 1: `"callers":1,`, 4: `"callers":4,`} {
		run := testRun()
		run.Callers = callers
		var log Log
		line := log.Append(nil, &Event{Sensor: NoSensor, Kind: RunStarted, Run: run})
		if !strings.Contains(string(line), want) {
			t.Errorf("%d callers: %s", callers, line)
		}
	}
	for inFlight, told := range map[int]bool{0: false, 1: false, 3: true} {
		var log Log
		line := log.Append(nil, &Event{Kind: CallEnded, Call: Call{Result: Live, InFlight: inFlight}})
		if strings.Contains(string(line), `"inFlight":3,`) != told || strings.Contains(string(line), "inFlight") != told {
			t.Errorf("%d in flight: %s", inFlight, line)
		}
	}
}
