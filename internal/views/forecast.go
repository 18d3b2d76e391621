package views

import (
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// Widths of the gauges.
const (
	TimeGauge = 12
	// maxCount is the longest gauge of counts; higher counts are shown as numbers only.
	maxCount = 10
)

// Forecast is what a circuit will do next and what is still missing for it.
type Forecast struct {
	// On of On+Off cells of the gauge are filled; both are 0 where there is nothing to
	// count. Timed says that the gauge shows time, not a count.
	On, Off int
	Timed   bool
	// Text is the sentence; Short fits most rows of the small screen. Least is shorter
	// still, empty where Short is the shortest.
	Text, Short, Least string
}

// In returns the longest form of the forecast that fits room cells. All forms say what is
// missing until the next state.
func (f Forecast) In(room int) string { return words.FirstFit(room, f.Text, f.Brief(room)) }

// Brief is In without the full sentence.
func (f Forecast) Brief(room int) string {
	if f.Least == "" {
		return f.Short
	}
	return words.FirstFit(room, f.Short, f.Least)
}

// ForecastOf makes the forecast from only the circuit, the settings in force and the time.
// So an OPEN circuit whose delay is over has another forecast before the next call comes.
func ForecastOf(v *stats.SensorView, now time.Duration) Forecast {
	return forecastOf(v, now, sentence.Trips)
}

// ShortGauge is the width of a gauge of time where there is little room.
const ShortGauge = 5

// Forecast is ForecastOf for a line of an endpoint: with a short gauge of time, to the
// second, and saying what a breaker that only watches would do.
func (f *Frame) Forecast(v *stats.SensorView) Forecast {
	if c := &v.Circuit; c.State == breaker.Open {
		out := opened(c.ProbeAt, c.OpenFor, f.Now, ShortGauge)
		out.Text = sentence.ProbeToTheSecond(c.ProbeAt, f.Now)
		out.Short = out.Text
		return out
	}
	trips := sentence.Trips
	if f.Snap.Run != nil && f.Snap.Run.Beside {
		trips = sentence.WouldTrip
	}
	return forecastOf(v, f.Now, trips)
}

// forecastOf makes a forecast; trips says how many more failures open the circuit.
func forecastOf(v *stats.SensorView, now time.Duration, trips func(left int) (text, short string)) Forecast {
	c := &v.Circuit
	switch c.State {
	case breaker.Closed:
		rules := v.Policy.Resolved().Breaker
		if rules.MinVolume > 0 {
			text, short, least := sentence.Window(c, &rules)
			return Forecast{Text: text, Short: short, Least: least}
		}
		return countdown(c.Failures, rules.FailureThreshold, trips)
	case breaker.HalfOpen:
		return countdown(c.Good, v.Policy.Resolved().Breaker.SuccessesToClose, sentence.Closes)
	case breaker.Open:
		return Opened(c.ProbeAt, c.OpenFor, now)
	case breaker.ForcedOpen:
		return Forecast{Text: "held open; o releases", Short: "held; o releases"}
	case breaker.Disabled:
		return Forecast{Text: "calls pass uncounted", Short: "calls uncounted"}
	default:
		return Forecast{}
	}
}

func countdown(have, of int, missing func(int) (string, string)) Forecast {
	have = min(max(have, 0), of)
	text, short := missing(max(of-have, 1)) // a lowered threshold may be reached already
	f := Forecast{Text: text, Short: short}
	if of <= maxCount {
		f.On, f.Off = have, of-have
	}
	return f
}

// Opened is the forecast of an open circuit: when a probe is due, and how much of
// the delay has passed. Without a delay there is no gauge.
func Opened(probeAt, openFor, now time.Duration) Forecast {
	return opened(probeAt, openFor, now, TimeGauge)
}

// opened is Opened with a gauge of so many cells.
func opened(probeAt, openFor, now time.Duration, cells int) Forecast {
	f := Forecast{Timed: true, Text: sentence.Probe(probeAt, now)}
	f.Short = f.Text
	left := probeAt - now
	if left <= 0 {
		f.On = cells
		return f
	}
	if openFor > 0 {
		f.On = int(float64(cells) * float64(openFor-min(left, openFor)) / float64(openFor))
	}
	f.Off = cells - f.On
	return f
}

// DrawGauge draws the filled and the empty cells.
func DrawGauge(p *draw.Pen, f Forecast) {
	on, rest := p.Look.Filled, p.Look.Hollow
	if f.Timed {
		on, rest = p.Look.Elapsed, p.Look.TimeLeft
	}
	p.Repeat(draw.Stale, on, f.On)
	p.Repeat(draw.Label, rest, f.Off)
}
