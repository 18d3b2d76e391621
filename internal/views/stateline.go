package views

import (
	"strconv"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/sentence"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// StateLine is a sensor's state in one line, to be taken elsewhere: what it is,
// what its circuit does and why, and its figures. It is empty where the frame
// has no such sensor.
func StateLine(f Frame, sensor int) string {
	if _, ok := f.Info(sensor); !ok {
		return ""
	}
	s := &Screen{Frame: &f, Look: draw.NewLook(draw.Options{Theme: draw.ThemeMono}, true)}
	v := s.Sensor(sensor)
	_, word, _ := Quality(v)
	state, _ := sentence.State(v.Circuit.State)
	line := sentence.SensorTitle(v.Sensor) + ": " + word
	if value := ValueText(s.Look, v); value != "" {
		line += " " + value
	}
	line += ", " + state + ", " + ForecastOf(v, f.Now).Text + ", "
	if v.Circuit.State != breaker.Closed || v.LastChange != nil {
		line += CauseWords(v, 1<<10) + ", "
	}
	ok := "n/a"
	if p, known := words.Percent(v.Counts.Live, v.Counts.Calls()); known {
		ok = strconv.Itoa(p) + " %"
	}
	line += ok + " of " + strconv.FormatUint(v.Counts.Calls(), 10) + " calls live, " +
		strconv.FormatUint(v.Counts.Retries, 10) + " retries, " + strconv.FormatUint(v.Circuit.Opens, 10) + " openings"
	return line + " (resiltui " + f.Snap.Run.Scenario + ", " + words.Clock(f.Now) + ")"
}
