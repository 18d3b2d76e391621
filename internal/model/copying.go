package model

import (
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/model/dialog"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// copyLine copies one line to the terminal's clipboard: the event at the cursor
// on the page of events, elsewhere the state of the selected sensor. Terminals
// without this feature ignore it.
func (m *Model) copyLine() tea.Cmd {
	text := stateLine(m.frame, m.frame.Selected)
	what := "state of " + m.selectedName()
	if m.onLog() {
		l, ok := m.log.At(m.listed())
		if !ok {
			return m.say("there is no event to copy yet")
		}
		text, what = eventText(m.frame.Snap.Run, l), "event"
	}
	if text == "" {
		return nil
	}
	return tea.Batch(tea.SetClipboard(text), m.say(dialog.Offered(what)))
}

// stateLine is the state of a sensor in one line of text for the clipboard: what
// it is, what its circuit does and why, and its figures. It is empty where the
// frame has no such sensor.
func stateLine(f views.Frame, sensor int) string {
	if _, ok := f.Info(sensor); !ok {
		return ""
	}
	v := f.Sensor(sensor)
	end := " (resiltui " + f.Snap.Run.Scenario + ", " + sentence.Dated(f.Snap.Run, f.Now) + ")"
	if f.Real() {
		return endpointLine(f, v) + end
	}
	_, word, _ := views.LastResult(v)
	state, _ := sentence.State(v.Circuit.State)
	line := sentence.SensorTitle(v.Sensor) + ": " + word
	if value := views.ValueText(draw.NewLook(draw.Options{Theme: draw.ThemeMono}, true), v); value != "" {
		line += " " + value
	}
	line += ", " + state + ", " + views.ForecastOf(v, f.Now).Text + ", "
	if v.Circuit.State != breaker.Closed || v.LastChange != nil {
		line += f.CauseWords(v, 1<<10) + ", "
	}
	ok := "n/a"
	if p, known := words.Percent(v.Counts.Live, v.Counts.Calls()); known {
		ok = strconv.Itoa(p) + " %"
	}
	line += ok + " of " + strconv.FormatUint(v.Counts.Calls(), 10) + " calls live, " +
		strconv.FormatUint(v.Counts.Retries, 10) + " retries, " + strconv.FormatUint(v.Circuit.Opens, 10) + " openings"
	return line + end
}

// endpointLine is the state of a real endpoint in the words of its page: how it is, since
// when and why, its availability, and in parentheses what a breaker does that only watches.
func endpointLine(f views.Frame, v *stats.SensorView) string {
	h := &v.Health
	line := sentence.SensorTitle(v.Sensor) + ": "
	if h.State == health.Unknown {
		line += "no answer yet"
	} else {
		line += h.State.String() + f.SinceWords(h) + ", up " + f.UpWords(h)
	}
	if v.HasValue && !v.Timed {
		line += ", " + views.ValueText(draw.NewLook(draw.Options{Theme: draw.ThemeMono}, true), v)
	}
	state, _ := f.StateWords(v.Circuit.State)
	return line + ", " + state + ", " + f.Aside("opens "+strconv.FormatUint(h.Opens, 10))
}

// eventText is an event as text for the clipboard.
func eventText(run *event.Run, e sentence.Line) string {
	text := sentence.Dated(run, e.At) + "  "
	if e.Batch > 0 && run.Virtual {
		text += fmt.Sprintf("batch %d  ", e.Batch)
	}
	if e.Name != "" {
		text += e.Name + "  "
	}
	return text + e.Text
}

// selectedName is the id of the selected sensor.
func (m *Model) selectedName() string {
	run := m.frame.Snap.Run
	if run == nil || m.frame.Selected >= len(run.Sensors) {
		return ""
	}
	return run.Sensors[m.frame.Selected].ID
}

func counted(n, of int) string {
	if n == 0 {
		return fmt.Sprintf("none of %d matches", of)
	}
	return fmt.Sprintf("%d of %d", n, of)
}
