package views

import (
	"fmt"

	"resiltui/internal/stats"
	"resiltui/internal/words"
)

// Luck compares a run with runs of other seeds: it shows how much of the result is the luck
// of its seed. The zero value is a run that was not compared.
type Luck struct {
	// Standing is the rank among runs of other seeds, of the run as it was started. Its Of
	// is 0 where the rank is not known, or not known yet.
	Standing stats.Standing
	// Touched says that keys have changed the run since, so that the rank is that of the run
	// without them.
	Touched bool
}

// Words says that one seed is one random draw, and how the run compares with other seeds,
// in the longest form that fits room cells. Where no form fits it returns the shortest.
func (l *Luck) Words(room int) string {
	s := &l.Standing
	if s.Of == 0 {
		return "one seed is one draw"
	}
	stands, least := l.stands(), fmt.Sprintf("%d of %d worse", s.Fewer, s.Of)
	full := "in " + words.Counted(s.Batches, "batch") + " " + stands
	if s.Fewer+s.More > 0 {
		full += fmt.Sprintf(" and %d better", s.More)
	}
	forms := []string{"one draw: " + full, "one draw: " + stands, stands}
	if l.Touched {
		const without = "one draw: without your keys, "
		forms = []string{without + full, without + stands, "without keys, " + stands, "without keys: " + least}
	}
	return words.FirstFit(room, forms...)
}

// stands says in a few words how the run compares with other seeds.
func (l *Luck) stands() string {
	s := &l.Standing
	switch {
	case s.Fewer+s.More == 0:
		return fmt.Sprintf("all %d seeds do as well", s.Of)
	case s.Fewer == 1:
		return fmt.Sprintf("1 of %d seeds does worse", s.Of)
	default:
		return fmt.Sprintf("%d of %d seeds do worse", s.Fewer, s.Of)
	}
}

// Readings says how many readings were delivered with policies and without. It gives counts
// where they fit room cells, else shares.
func Readings(v *stats.PipelineView, room int) string {
	counts := fmt.Sprintf("readings %4d of %d, naive %d", v.Readings, v.Asked, v.NaiveReadings)
	if words.Width(counts) <= room {
		return counts
	}
	return fmt.Sprintf("readings %5s, naive %5s", words.Share(int(v.Readings), int(v.Asked)), words.Share(int(v.NaiveReadings), int(v.Asked)))
}
