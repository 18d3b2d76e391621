package tune

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// Sizes of the tracks, in cells.
const (
	// nameWidth is the width of the names of the tracks; shortName is used where calls
	// would be cut off otherwise.
	nameWidth, shortName = 11, 7
	// figureWidth is the width of the figures after a track.
	figureWidth = 27
)

// outcome compares batches of a sensor as they were with the same batches under other
// settings.
type outcome struct {
	// Why is the reason why there is no outcome; empty where there is one.
	Why string
	// Ready says that the outcome has been computed; Old that the settings have been
	// changed since then.
	Ready, Old bool
	// First and Last are the numbers of the batches; About says which ones they are.
	First, Last int
	About       string
	// Was is the track of the calls as they were, Would the track with the other
	// settings.
	Was, Would track
	// Faulted says that only attempts under the injected faults are counted.
	Faulted bool
	// Elsewhere says what the same settings would have done to the other sensors; Worse
	// says that the circuit of a sensor without a fault would open.
	Elsewhere string
	Worse     bool
}

// track is the calls of one of the two, with their figures.
type track struct {
	// Columns are the calls, oldest first.
	Columns []stats.Column
	// Seen is the time from the start of the fault to the opening of the circuit. Back
	// is the time from the end of the fault to the first good call with a closed
	// circuit.
	Seen, Back figure
	// Attempts is the number of attempts.
	Attempts int
}

// figure is a time; it has a meaning only where Known is true.
type figure struct {
	Time  time.Duration
	Known bool
}

// text is a figure in six cells, "-" where it is not known.
func (f figure) text() string {
	if !f.Known {
		return "     -"
	}
	return fmt.Sprintf("%6s", words.Seconds(f.Time))
}

// drawOutcome draws the tracks and their figures, always in five lines.
func drawOutcome(s *draw.BoxBuilder, g *outcome) {
	if !g.Ready {
		why := g.Why
		if why == "" {
			why = "running the batches again"
		}
		s.Rule("")
		s.Note(why, false)
		for range 3 {
			s.Note("", false)
		}
		return
	}
	s.Rule(g.runAgain(s.Inner - 2))
	label, others := nameWidth, "elsewhere"
	if s.Inner < nameWidth+Batches+figureWidth {
		label, others = shortName, "others"
	}
	f := trackForm{label, min(Batches, s.Inner-label-figureWidth), 0}
	f.skip = skipped(g.Was.Columns, f.columns)
	drawTrack(s, "was", &g.Was, f, false)
	drawTrack(s, "would", &g.Would, f, g.Old)
	s.Next()
	trackName(s, "fault", f)
	drawFaults(s, g.Was.Columns, f)
	s.To(2 + f.label + f.columns + 3)
	drawAttempts(s, g)
	s.Next()
	trackName(s, others, f)
	r := draw.Plain
	if g.Worse {
		r = draw.Fail
	}
	s.Clip(r, g.Elsewhere, s.Limit-s.X)
}

// runAgain says which batches are simulated again, in the longest form that fits into
// the cells.
func (g *outcome) runAgain(cells int) string {
	which := fmt.Sprintf("batches %d to %d, %s", g.First, g.Last, g.About)
	return words.FirstFit(cells, "run again: "+which+"; same draws, same faults", "run again: "+which, which)
}

// trackForm is the width of the tracks' names, how many calls they show, and how many of
// the newest calls they skip.
type trackForm struct{ label, columns, skip int }

// of removes the calls that are skipped.
func (f trackForm) of(cols []stats.Column) []stats.Column { return cols[:max(len(cols)-f.skip, 0)] }

// skipped is how many of the newest calls are left out where not all fit: so many that
// an episode is visible, from one call before its beginning.
func skipped(cols []stats.Column, room int) int {
	faulted := func(c stats.Column) bool { return c.Fault }
	last := len(cols) - room
	if last <= 0 || slices.ContainsFunc(cols[last:], faulted) {
		return 0
	}
	first := slices.IndexFunc(cols, faulted)
	if first < 0 {
		return 0
	}
	return last - max(first-1, 0)
}

func trackName(s *draw.BoxBuilder, name string, f trackForm) {
	s.Text(draw.Label, name)
	s.To(2 + f.label)
}

// drawTrack draws one state track with its figures.
func drawTrack(s *draw.BoxBuilder, name string, l *track, f trackForm, old bool) {
	s.Next()
	trackName(s, name, f)
	if old {
		views.DrawTrack(&s.Pen, f.of(l.Columns), f.columns, func(c *stats.Column) (string, draw.Role) {
			g, _ := views.StateSign(c.State, c.Probe)
			return g, draw.Faint
		})
	} else {
		views.DrawStates(&s.Pen, f.of(l.Columns), f.columns)
	}
	s.To(2 + f.label + f.columns + 3)
	r := draw.Plain
	if old {
		r = draw.Faint
	}
	s.Text(draw.Label, "seen")
	s.Text(r, l.Seen.text())
	s.Text(draw.Label, "   back")
	s.Text(r, l.Back.text())
}

// drawFaults marks the calls under an injected fault.
func drawFaults(s *draw.BoxBuilder, cols []stats.Column, f trackForm) {
	views.DrawTrack(&s.Pen, f.of(cols), f.columns, func(c *stats.Column) (string, draw.Role) {
		if c.Fault {
			return s.Look.Fault, draw.Fault
		}
		return " ", draw.Plain
	})
}

func drawAttempts(s *draw.BoxBuilder, g *outcome) {
	s.Text(draw.Label, "attempts ")
	r := draw.Plain
	if g.Would.Attempts != g.Was.Attempts {
		r = draw.Stale
	}
	if g.Old {
		r = draw.Faint
	}
	s.Text(draw.Label, strconv.Itoa(g.Was.Attempts)+" "+s.Look.Arrow+" ")
	s.Text(r, strconv.Itoa(g.Would.Attempts))
	if !g.Faulted {
		s.Text(draw.Label, " in all")
	}
}
