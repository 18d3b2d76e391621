package overview

import (
	"strings"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/health"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// Cells of the right part of a pane's first line, padded so that nothing jumps: the word
// for the quality, or for the endpoint where the policies only watch; the breaker's state;
// what it will do.
const (
	qualityCells, stateCells, forecastCells    = 13, 16, 21
	besideQuality, besideState, besideForecast = 8, 18, 19
	// Without quality, for state and forecast together; and where there is less room.
	midPolicies, narrowPolicies = 27, 15
	besideMore                  = 2 // for the parentheses
	// leastStates is the width from which a pane has the word for the state.
	leastStates = 46
)

// policies is the right part of a pane's first line.
func (s *endpoints) policies(v *stats.SensorView) []draw.Seg {
	beside := s.Frame.Snap.Run.Beside
	more := besideMore * views.OneIf(beside)
	switch width := s.Layout.Width; {
	case width >= wideFrom && beside:
		return s.policiesInFull(v, besideQuality, besideState, besideForecast)
	case width >= wideFrom:
		return s.policiesInFull(v, qualityCells, stateCells, forecastCells)
	case width >= midFrom:
		state := s.breakerState(v)
		f := s.Frame.Forecast(v)
		room := midPolicies + more - draw.SegsWidth(state) - 1
		text := fits(room, f.Short, f.Least)
		return append(state, draw.Words(draw.Plain, words.Spaces(room+1-1-words.Width(text))+text+" "))
	case width >= leastStates:
		state := s.breakerState(v)
		if c := &v.Circuit; c.State == breaker.Open {
			left := fits(narrowPolicies+more-draw.SegsWidth(state)-1, strings.TrimPrefix(s.Frame.Forecast(v).Text, "probe in "), "due")
			state = append(state, draw.Words(draw.Plain, " "+left))
		}
		return padded(state, narrowPolicies+more)
	default:
		return []draw.Seg{draw.Words(views.StateRole(v.Circuit.State), views.ToggleSign(v.Circuit.State))}
	}
}

// policiesInFull has all three, each in so many cells.
func (s *endpoints) policiesInFull(v *stats.SensorView, quality, state, forecast int) []draw.Seg {
	out := padded([]draw.Seg{s.quality(v)}, quality)
	out = append(out, padded(s.breakerState(v), state)...)
	f := s.Frame.Forecast(v)
	var end []draw.Seg
	text := words.FirstFit(forecast-1-f.On-f.Off, f.Short, f.Least, "")
	if n := f.On + f.Off; n > 0 && text != "" {
		on, off := s.Look.Filled, s.Look.Hollow
		if f.Timed {
			on, off = s.Look.Elapsed, s.Look.TimeLeft
		}
		end = []draw.Seg{draw.Words(draw.Stale, strings.Repeat(on, f.On)), draw.Words(draw.Label, strings.Repeat(off, f.Off)), draw.Words(draw.Plain, " "+text)}
	} else {
		end = []draw.Seg{draw.Words(draw.Plain, words.FirstFit(forecast, f.Short, f.Least, ""))}
	}
	return append(out, padded(end, forecast)...)
}

// quality is the word for what the policies delivered, or for the endpoint itself where
// they only watch.
func (s *endpoints) quality(v *stats.SensorView) draw.Seg {
	if s.Frame.Beside() && v.Health.State == health.Unknown {
		return draw.Words(draw.Label, "  ...")
	}
	glyph, r, word, _ := s.Frame.ResultSign(v)
	return draw.Words(r, glyph+" "+word)
}

// breakerState is the breaker's state as a switch and as a word.
func (s *endpoints) breakerState(v *stats.SensorView) []draw.Seg {
	_, short := s.Frame.StateWords(v.Circuit.State)
	return []draw.Seg{{Role: views.StateRole(v.Circuit.State), Text: views.ToggleSign(v.Circuit.State) + " " + short, Inverse: s.Flashing(v.Index)}}
}

// padded fills words up to so many cells.
func padded(segs []draw.Seg, cells int) []draw.Seg {
	return append(segs, draw.Words(draw.Plain, words.Spaces(cells-draw.SegsWidth(segs))))
}

// fits is the first of the texts that is not empty and fits room cells, else nothing.
func fits(room int, texts ...string) string {
	for _, text := range texts {
		if text != "" && words.Width(text) <= room {
			return text
		}
	}
	return ""
}
