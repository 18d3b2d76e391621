package model

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
)

// cut is a rectangle of a screen, line by line.
func cut(screen string, r draw.Rect) []string {
	var out []string
	for _, line := range strings.Split(screen, "\n")[r.Y : r.Y+r.H] {
		out = append(out, string([]rune(line)[r.X:r.X+r.W]))
	}
	return out
}

// track is the columns of a named track in the lines of a sensor; ok is false
// where it has none.
func track(lines []string, name string, columns int) (cells []rune, ok bool) {
	for _, l := range lines {
		before, after, found := strings.Cut(l, name)
		if found && strings.Trim(before, " │┃|#!") == "" {
			cells := []rune(strings.TrimPrefix(after, " "))
			return cells[:min(columns, len(cells))], true
		}
	}
	return nil, false
}

func markGlyph(m event.Mark) rune {
	return map[event.Mark]rune{
		event.MarkLive: '●', event.MarkRetried: '+', event.MarkStale: '~',
		event.MarkInterpolated: '≈', event.MarkFastFail: '×', event.MarkMissing: '_',
	}[m]
}

func stateGlyph(c stats.Column) rune {
	switch {
	case c.Probe:
		return '?'
	case c.State == breaker.Open:
		return '╱'
	case c.State == breaker.ForcedOpen:
		return '╳'
	default:
		return '─'
	}
}

// lastRow is what may stand in the lowest row of the latency track.
func lastRow(c stats.Column, got rune) bool {
	switch {
	case c.FastFail():
		return got == '·'
	case c.Answered():
		return strings.ContainsRune("▁▂▃▄▅▆▇█", got)
	default:
		return got == '░'
	}
}

func faultGlyph(c stats.Column) rune {
	if c.Fault {
		return '!'
	}
	return ' '
}

func TestEveryTrackHasOneColumnACall(t *testing.T) {
	for _, size := range [][2]int{{160, 50}, {140, 45}, {120, 36}, {100, 30}, {80, 24}, {60, 16}, {50, 15}, {20, 5}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			atMoment(t, moment, crashed, Options{}, func(t *testing.T, p picture) {
				screen := ansi.Strip(p.take(size[0], size[1]))
				for k, cell := range p.m.layout.Cells {
					v := &p.m.frame.Snap.Sensors[k]
					if len(v.Columns) != p.m.layout.Columns {
						t.Fatalf("%d calls for %d columns", len(v.Columns), p.m.layout.Columns)
					}
					checkTracks(t, cut(screen, cell), v)
				}
			})
		})
	}
}

// checkTracks compares each column of each track with its call.
func checkTracks(t *testing.T, lines []string, v *stats.SensorView) {
	t.Helper()
	n := len(v.Columns)
	calls, ok := track(lines, "call", n)
	if !ok || len(calls) != n {
		t.Fatalf("%s has a call track of %d columns for %d calls:\n%s", v.ID, len(calls), n, strings.Join(lines, "\n"))
	}
	for i, c := range v.Columns {
		if calls[i] != markGlyph(c.Mark) {
			t.Errorf("%s: call %d is drawn %c, not %c", v.ID, i, calls[i], markGlyph(c.Mark))
		}
	}
	states, ok := track(lines, "state", n)
	for i, c := range v.Columns {
		if ok && states[i] != stateGlyph(c) {
			t.Errorf("%s: the state at call %d is drawn %c, not %c", v.ID, i, states[i], stateGlyph(c))
		}
	}
	// The track's name and label may stand in its blank part.
	faults, ok := track(lines, "fault", n)
	for i, c := range v.Columns {
		if ok && (faults[i] == '!') != (faultGlyph(c) == '!') {
			t.Errorf("%s: the fault at call %d is drawn %c, not %c", v.ID, i, faults[i], faultGlyph(c))
		}
	}
	low, ok := track(lines, "ms", n)
	for _, axis := range []string{"0┤", "0 ms┤"} { // a pane's lowest row stands at the axis
		if l, found := track(lines, axis, n); found {
			low, ok = l, true
		}
	}
	for i, c := range v.Columns {
		if ok && !lastRow(c, low[i]) {
			t.Errorf("%s: call %d (%c) has %c at the foot of its latency", v.ID, i, markGlyph(c.Mark), low[i])
		}
	}
}
