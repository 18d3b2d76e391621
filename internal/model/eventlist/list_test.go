package eventlist

import (
	"fmt"
	"slices"
	"testing"

	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
)

// lines are those of so many notes, the newest last, numbered from 1.
func lines(from, to int) []sentence.Line {
	var out []sentence.Line
	for i := from; i <= to; i++ {
		out = append(out, sentence.Line{Seq: uint64(i), Sensor: -1, Text: fmt.Sprintf("note %d.", i)})
	}
	return out
}

func TestAHeldListDoesNotGrowForEver(t *testing.T) {
	s := stats.Snapshot{Run: &event.Run{}, Lines: lines(1, 100), LinesTotal: 100}
	var j List
	j.Grow(&s)
	v := View{&s, 20}
	j.Move(v, -1)
	for to := 115; to < 100+2*mostHeld; to += 15 {
		s.Lines, s.LinesTotal = lines(to-40, to), to
		j.Grow(&s)
	}
	if n := len(j.lines); n > mostHeld+heldStep || n < mostHeld/2 {
		t.Errorf("%d lines are held", n)
	}
	if l, ok := j.At(v); !ok || l.Text != "note 99." {
		t.Errorf("the cursor is on %q", l.Text)
	}
	j.Move(v, 2*mostHeld)
	if j.Shown(v).Following || j.Seek(Source{Run: s.Run}, true, history.Span{}) == nil {
		t.Error("the last line that is held counts as the newest, and no newer one is looked up")
	}
}

func TestAHeldListOfOneSensorTakesOnlyItsNewLines(t *testing.T) {
	of := func(to int, numbers ...int) *stats.Snapshot {
		s := stats.Snapshot{Lines: lines(1, to), LinesTotal: to}
		for _, n := range numbers {
			s.Lines[n-1].Sensor = 3
		}
		return &s
	}
	var j List
	j.ToggleOnly(3)
	v := View{of(100, 40, 90), 20}
	j.Move(v, -1)
	j.Grow(of(110, 40, 90, 105))
	var got []string
	for _, l := range j.Shown(v).Lines {
		got = append(got, l.Text)
	}
	if want := []string{"note 40.", "note 90.", "note 105."}; !slices.Equal(got, want) {
		t.Errorf("shown are %q, want %q", got, want)
	}
}

func TestAFollowingListHoldsNothing(t *testing.T) {
	s := stats.Snapshot{Run: &event.Run{}, Lines: lines(1, 100), LinesTotal: 100}
	var j List
	j.Grow(&s)
	v := View{&s, 20}
	if log := j.Shown(v); !log.Following || len(log.Lines) != 20 || log.Cursor != 19 || len(j.lines) != 0 {
		t.Errorf("%d lines, cursor %d, following %v, %d held", len(log.Lines), log.Cursor, log.Following, len(j.lines))
	}
	j.Move(v, -30)
	if log := j.Shown(v); log.Following || log.Lines[log.Cursor].Text != "note 70." || log.Newer != 30 {
		t.Errorf("at %q with %d newer", log.Lines[log.Cursor].Text, log.Newer)
	}
	j.Move(v, 30)
	if log := j.Shown(v); !log.Following {
		t.Error("the end of the list does not follow")
	}
}

func TestASearchGoesFromMatchToMatch(t *testing.T) {
	s := stats.Snapshot{Run: &event.Run{}, Lines: lines(1, 100), LinesTotal: 100}
	j := List{Search: "7."}
	j.Grow(&s)
	v := View{&s, 20}
	for _, want := range []string{"note 97.", "note 87.", "note 77."} {
		if none := j.Match(v, -1); none != "" {
			t.Fatal(none)
		}
		if l, _ := j.At(v); l.Text != want {
			t.Errorf("at %q, want %q", l.Text, want)
		}
	}
	if j.Match(v, 1); len(j.wanted) > 0 {
		t.Error("a match that is at hand is looked up")
	}
	for range 2 {
		j.Match(v, 1)
	}
	if none := j.Match(v, 1); none != "no later event matches" {
		t.Errorf("behind the last match: %q", none)
	}
}
