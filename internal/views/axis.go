package views

import (
	"time"

	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// TimeAxis writes a time axis under the tracks: "10 s ago", "5 s ago", "now".
func (s *Screen) TimeAxis(p *draw.Pen, gutter, columns int, interval time.Duration) {
	const least = 20 // columns from one name to the next
	end := gutter + columns
	if interval > 0 && columns > 0 && interval <= time.Hour {
		step := axisStep(interval * least)
		for k := int(interval * time.Duration(columns) / step); k > 0; k-- {
			label := words.Span(step*time.Duration(k)) + " ago"
			x := end - int(step*time.Duration(k)/interval)
			if x >= p.X && x+words.Width(label)+5 <= end {
				p.To(x)
				p.Text(draw.Label, label)
			}
		}
	}
	p.Right(draw.Label, s.AxisEnd(), end, 0)
}

// axisStep is the shortest round length of time that is not below d.
func axisStep(d time.Duration) time.Duration {
	for _, unit := range []time.Duration{time.Second, time.Minute, time.Hour} {
		for _, n := range []time.Duration{1, 2, 5, 10, 15, 20, 30} {
			if d <= n*unit {
				return n * unit
			}
		}
	}
	return d
}

// OwnTop is the top of a scale for one sensor alone: the longest call shown fits it.
func (s *Screen) OwnTop(v *stats.SensorView) time.Duration {
	var longest time.Duration
	cols, _ := Shown(v.Columns, s.Layout.Columns)
	for i := range cols {
		longest = max(longest, cols[i].Took)
	}
	if longest <= 0 {
		return s.Frame.Snap.ScaleTop
	}
	return NiceAbove(longest, 1, 2, 4, 8)
}

// NiceAbove is the least of the steps, times a power of ten milliseconds, that
// is not below d.
func NiceAbove(d time.Duration, steps ...time.Duration) time.Duration {
	for unit := time.Millisecond; unit <= time.Hour; unit *= 10 {
		for _, m := range steps {
			if d <= m*unit {
				return m * unit
			}
		}
	}
	return d
}
