package verdict

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats/verdict"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// mostWidth is the maximum width of the box.
const mostWidth = 64

// besideWidth is the minimum width for details beside their figures.
const besideWidth = 56

// boxOf draws a verdict as a box for a screen of this width, to be drawn with
// [draw.Surface.Lay]: 64 columns wide, or less on a narrower screen. The unit is that
// of the sensor, and the times are those of the run. It is the zero Box where there is no
// room. The outage of a real endpoint cannot be run again, so nothing is tuned on it.
func boxOf(v verdict.Verdict, sensor event.Sensor, run *event.Run, width int, look *draw.Look) draw.Box {
	width = min(width, mostWidth)
	const least = 24
	if width < least {
		return draw.Box{}
	}
	spelled := func(text string) string { return text }
	if look.ASCII { // in a cell of its own ± would be + alone
		spelled = func(text string) string { return strings.ReplaceAll(text, "±", "+-") }
	}
	s := draw.NewBoxBuilder(look, width-4, spelled(title(&v, sensor)), "")
	rows, hints := figures(&v, sensor), []draw.Hint{{Key: "t", Word: "tune on these faults"}}
	if v.Kind == verdict.Outage {
		rows, hints = outageFigures(&v, run), nil
	}
	for _, r := range rows {
		r.detail = spelled(r.detail)
		r.draw(s, width)
	}
	return s.Finish(append(hints, draw.Hint{Key: "v", Word: "shows it again"}, draw.Hint{Key: "esc", Word: "close"}))
}

func title(v *verdict.Verdict, sensor event.Sensor) string {
	lasted := words.Seconds(v.Lasted())
	if v.Kind == verdict.Outage {
		lasted = words.Lasting(v.Lasted()) + v.About()
	}
	return " verdict  " + sentence.SensorTitle(sensor) + "  " + v.Faults() + " " + lasted + " "
}

// row is one figure: its label, its value, and details.
type row struct{ label, figure, detail string }

// draw writes the row into a box of this width. The details are beside the figure where
// there is room, and below it otherwise.
func (r row) draw(s *draw.BoxBuilder, width int) {
	const label, figure, detail, below = 2, 19, 28, 4
	beside, at := width >= besideWidth, below
	switch {
	case beside && r.figure == "":
		at = figure
	case beside:
		at = max(detail, figure+words.Width(r.figure)+2)
	}
	if beside || r.label != "" || r.detail == "" {
		s.Next()
		s.To(label)
		s.Text(draw.Label, r.label)
		s.To(figure)
		s.Text(draw.Strong, r.figure)
	}
	for i, text := range words.Wrap(r.detail, width-2-at, 0) {
		if i > 0 || !beside {
			s.Next()
		}
		s.To(at)
		s.Text(draw.Plain, text)
	}
}

// figures are the figures of a verdict, row by row.
func figures(v *verdict.Verdict, sensor event.Sensor) []row {
	rows := []row{seenRow(v), attemptsRow(v), refusedRow(v), servedRow(v, sensor)}
	if v.Wrong > 0 {
		rows = append(rows, row{
			"wrong values", strconv.Itoa(v.Wrong), "served as live, at most " + distance(v.WrongOff, sensor) + " off",
		})
	}
	what := "after the faults ended"
	if len(v.Labels) == 1 && v.MoreFaults == 0 {
		what = "after the " + v.Labels[0] + " ended"
	}
	return append(append(rows, row{"back", words.Seconds(v.Back), what}), operatorRows(v)...)
}

// operatorRows are what was done by hand in the episode.
func operatorRows(v *verdict.Verdict) (rows []row) {
	for i, act := range v.Operator {
		label := ""
		if i == 0 {
			label = "by hand"
		}
		rows = append(rows, row{label, "", act})
	}
	if v.MoreActs > 0 {
		rows = append(rows, row{"", "", fmt.Sprintf("and %d more", v.MoreActs)})
	}
	return rows
}

func seenRow(v *verdict.Verdict) row {
	if !v.Seen {
		return row{"seen after", "not seen", v.Why}
	}
	return row{"seen after", words.Seconds(v.SeenAfter), fmt.Sprintf("%d %s, %d %s",
		v.SeenCalls, words.Plural("call", "calls", v.SeenCalls),
		v.SeenAttempts, words.Plural("attempt", "attempts", v.SeenAttempts))}
}

func attemptsRow(v *verdict.Verdict) row {
	detail := "as many without the breaker"
	switch {
	case v.Avoided > 0 && v.AvoidedAtMost:
		detail = fmt.Sprintf("up to %d without the breaker", v.Without())
	case v.Avoided > 0:
		detail = fmt.Sprintf("%d without the breaker", v.Without())
	}
	return row{"attempts sent", strconv.Itoa(v.Attempts), detail}
}

func refusedRow(v *verdict.Verdict) row {
	r := row{"refused", strconv.Itoa(v.FastFail), ""}
	switch {
	case v.FastFailWhileWell > 0:
		r.detail = fmt.Sprintf("%d of them after the fault ended", v.FastFailWhileWell)
	case v.FastFail > 0:
		r.detail = "none after the fault ended"
	}
	return r
}

func servedRow(v *verdict.Verdict, sensor event.Sensor) row {
	r := row{"substitutes", strconv.Itoa(v.Served), ""}
	if v.Served > 0 {
		r.detail = "up to " + words.Seconds(v.Oldest) + " old"
	}
	if v.FastFailServed > 0 {
		r.detail = fmt.Sprintf("%d to refused calls, %s", v.FastFailServed, r.detail)
	}
	if v.Judged > 0 {
		r.detail += ", " + distance(v.Off, sensor) + " off"
	}
	return r
}

// distance is an upper bound of off, with the decimals and the unit of the sensor. It
// is rounded up, since a number rounded down would not be an upper bound.
func distance(off float64, sensor event.Sensor) string {
	decimals := min(max(sensor.Decimals, 0), 6)
	scale := math.Pow10(decimals)
	up := math.Ceil(math.Round(off*1e6)/1e6*scale-1e-6) / scale
	return words.Value(up, decimals, sensor.Unit)
}
