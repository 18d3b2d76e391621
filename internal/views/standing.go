package views

import (
	"fmt"

	"resiltui/internal/stats"
	"resiltui/internal/words"
)

// Luck is how much of what a run shows is the draw of its seed. The zero value is a run of
// which nobody knows where it stands.
type Luck struct {
	// Standing is that of the run as it was started, among those of other seeds; its Of is
	// 0 where it is not known, or not known yet.
	Standing stats.Standing
	// Touched says that keys have changed the run since, so it no longer is the one that
	// stands there.
	Touched bool
}

// Words say that one seed is one draw, and where it stands, in the longest form that room
// cells hold. Where not even the shortest fits, it is that one all the same.
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
		forms = []string{without + full, without + stands, "untouched, " + stands, "untouched: " + least}
	}
	for _, form := range forms {
		if words.Width(form) <= room {
			return form
		}
	}
	return forms[len(forms)-1]
}

// stands is the standing in a few words.
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

// Readings say how many readings came with policies and without, in the longest form that
// room cells hold: counts, or where they are too long their shares.
func Readings(v *stats.PipelineView, room int) string {
	counts := fmt.Sprintf("readings %4d of %d, naive %d", v.Readings, v.Asked, v.NaiveReadings)
	if words.Width(counts) <= room {
		return counts
	}
	return fmt.Sprintf("readings %5s, naive %5s", words.Share(int(v.Readings), int(v.Asked)), words.Share(int(v.NaiveReadings), int(v.Asked)))
}
