package detail

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/pagetest"
	"resiltui/internal/views/viewstest"
)

// phasedCalls draws a detail of two calls of 100 ms with one attempt each, which has these
// phases: one that was answered and one that failed.
func phasedCalls(phases *sensors.Phases, w, h int, o draw.Options) string {
	return attemptsOf(viewstest.MS(100), phases, w, h, o)
}

// attemptsOf does the same with attempts that took so long.
func attemptsOf(took time.Duration, phases *sensors.Phases, w, h int, o draw.Options) string {
	f := pagetest.InDetail(Page{}, w, h)
	v := &f.Snap.Sensors[3]
	v.Recent = calls("●~")
	for i := range v.Recent {
		c := &v.Recent[i]
		c.Took = viewstest.MS(100)
		c.Tries = []event.Try{{Start: c.Start, Took: took, Err: strings.Repeat("x", i), Phases: phases}}
	}
	return ansi.Strip(views.Draw(f, draw.NewLook(o, true)))
}

func somePhases() *sensors.Phases {
	return &sensors.Phases{
		DNS: viewstest.MS(10), Connect: viewstest.MS(20), TLS: viewstest.MS(31), FirstByte: viewstest.MS(20), Body: viewstest.MS(19),
	}
}

func TestTheBarOfAnAttemptIsDividedIntoItsPhases(t *testing.T) {
	for _, c := range []struct {
		o    draw.Options
		want []string
	}{
		{draw.Options{}, []string{
			" dddcccccccttttttttttt███████bbbbbb ", " dddcccccccttttttttttt░░░░░░░bbbbbb ", "d DNS c connect t TLS █ first byte b body ░ failed",
		}},
		{draw.Options{ASCII: true}, []string{" dddcccccccttttttttttt#######bbbbbb ", "d DNS c connect t TLS # first byte b body"}},
	} {
		out := phasedCalls(somePhases(), 120, 36, c.o)
		for _, want := range c.want {
			if !strings.Contains(out, want) {
				t.Errorf("no %q in\n%s", want, out)
			}
		}
	}
}

func TestOnlyThePhasesThatHappenedAreDrawn(t *testing.T) {
	out := phasedCalls(&sensors.Phases{FirstByte: viewstest.MS(60), Body: viewstest.MS(40)}, 120, 36, draw.Options{})
	if !strings.Contains(out, strings.Repeat("█", 20)+strings.Repeat("b", 14)+" ") {
		t.Errorf("a connection that was used again:\n%s", out)
	}
}

func TestPhasesThatAreLongerThanTheirAttemptStayWithinIt(t *testing.T) {
	out := attemptsOf(viewstest.MS(50), &sensors.Phases{DNS: time.Hour, TLS: time.Hour}, 120, 36, draw.Options{})
	if !strings.Contains(out, " "+strings.Repeat("d", 17)+strings.Repeat("╌", 17)+" ") {
		t.Errorf("%s", out)
	}
}

func TestWithoutRoomForItsPhasesABarNamesTheLongest(t *testing.T) {
	out := phasedCalls(somePhases(), 60, 24, draw.Options{})
	if !strings.Contains(out, "█ TLS 31 ms") || !strings.Contains(out, "░ TLS 31 ms") || strings.Contains(out, "ttt") {
		t.Errorf("%s", out)
	}
}

func TestCallsWithoutPhasesAreDrawnAndExplainedAsEver(t *testing.T) {
	out := phasedCalls(nil, 120, 36, draw.Options{})
	if !strings.Contains(out, "calls, newest last") || !strings.Contains(out, "answered  ░ failed  ╌ waiting") || strings.Contains(out, "c connect") {
		t.Errorf("%s", out)
	}
	if name := longestPhase(&stats.Call{Tries: []event.Try{{Phases: &sensors.Phases{}}}}); name != "" {
		t.Errorf("an attempt without any phase has the longest %q", name)
	}
}
