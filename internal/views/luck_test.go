package views

import (
	"testing"

	"resiltui/internal/stats"
	"resiltui/internal/words"
)

func TestWhereARunStandsIsSaidInWhatHasRoom(t *testing.T) {
	stands := Luck{Standing: stats.Standing{Of: 200, First: 42, Batches: 30, Delivered: 29, Fewer: 166, More: 9}}
	touched := stands
	touched.Touched = true
	last := Luck{Standing: stats.Standing{Of: 200, Batches: 30, More: 143}}
	second := Luck{Standing: stats.Standing{Of: 200, Batches: 1, Fewer: 1}}
	for _, c := range []struct {
		luck Luck
		room int
		want string
	}{
		{stands, 80, "one draw: in 30 batches 166 of 200 seeds do worse and 9 better"},
		{stands, 62, "one draw: in 30 batches 166 of 200 seeds do worse and 9 better"},
		{stands, 61, "one draw: 166 of 200 seeds do worse"},
		{stands, 35, "one draw: 166 of 200 seeds do worse"},
		{stands, 34, "166 of 200 seeds do worse"},
		{stands, 3, "166 of 200 seeds do worse"},
		{touched, 80, "one draw: without your keys, 166 of 200 seeds do worse"},
		{touched, 81, "one draw: without your keys, in 30 batches 166 of 200 seeds do worse and 9 better"},
		{touched, 60, "one draw: without your keys, 166 of 200 seeds do worse"},
		{touched, 39, "without keys, 166 of 200 seeds do worse"},
		{touched, 38, "without keys: 166 of 200 worse"},
		{last, 36, "one draw: 0 of 200 seeds do worse"},
		{second, 60, "one draw: in 1 batch 1 of 200 seeds does worse and 0 better"},
		{Luck{Standing: stats.Standing{Of: 200, Batches: 3}}, 60, "one draw: in 3 batches all 200 seeds do as well"},
		{Luck{Standing: stats.Standing{Of: 200, Batches: 3}}, 34, "one draw: all 200 seeds do as well"},
		{Luck{Touched: true}, 60, "one seed is one draw"},
	} {
		if got := c.luck.Words(c.room); got != c.want {
			t.Errorf("%d cells: %q, want %q", c.room, got, c.want)
		}
	}
}

func TestReadingsAreCountedWhileThereIsRoom(t *testing.T) {
	v := stats.PipelineView{Asked: 475, Readings: 462, NaiveReadings: 5}
	for room, want := range map[int]string{29: "readings  462 of 475, naive 5", 28: "readings  97 %, naive   1 %"} {
		if got := Readings(&v, room); got != want {
			t.Errorf("%d cells: %q, want %q", room, got, want)
		}
	}
	if got := Readings(&stats.PipelineView{}, 5); words.Width(got) > 30 {
		t.Errorf("before the first batch: %q", got)
	}
}
