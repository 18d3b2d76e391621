package views

import (
	"strconv"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/views/draw"
)

// numbers is a table of multiples with columns of falling importance from the right.
func numbers() []Column[int] {
	of := func(title, long string, times, rank int) Column[int] {
		return Column[int]{
			Title: title, Long: long, Width: 5, Rank: rank,
			Text: func(n int) string { return strconv.Itoa(n * times) },
		}
	}
	return []Column[int]{of("once", "one time", 1, 2), of("twice", "two times", 2, 1), of("thrice", "three times", 3, 0)}
}

func TestATableDropsTheColumnsOfTheHighestRanks(t *testing.T) {
	for _, c := range []struct {
		room      int
		head, row string
	}{
		{6, "", ""},
		{7, " thrice", "     21"},
		{13, " thrice", "     21"},
		{14, "  twice thrice", "     14     21"},
		{36, "   once  twice thrice", "      7     14     21"},
		{37, "   one time   two times   three times", "          7          14            21"},
	} {
		s := draw.NewSurface(draw.NewLook(draw.Options{}, true), 40, 2)
		p := s.In(draw.At(0, 0, 40, 2))
		table := FitTable(numbers(), c.room)
		p.Next()
		table.Head(p, 0, Sort{})
		p.Next()
		table.Row(p, 0, 7, draw.Plain)
		if head, row := ansi.Strip(s.Line(0)), ansi.Strip(s.Line(1)); head != c.head || row != c.row || table.Width() > c.room {
			t.Errorf("in %d cells, of which it takes %d:\n%q, want\n%q\n%q, want\n%q", c.room, table.Width(), head, c.head, row, c.row)
		}
	}
}

func TestWhatDidNotHappenIsLessBright(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	columns := numbers()
	columns[0].Quiet, columns[1].Role = "1", draw.Live
	for _, c := range []struct {
		n    int
		want [3]draw.Role
	}{
		{0, [...]draw.Role{draw.Label, draw.Live, draw.Label}},
		{1, [...]draw.Role{draw.Label, draw.Live, draw.Plain}},
		{2, [...]draw.Role{draw.Plain, draw.Live, draw.Plain}},
	} {
		got, want := draw.NewSurface(look, 21, 1), draw.NewSurface(look, 21, 1)
		p := got.In(draw.At(0, 0, 21, 1))
		p.Next()
		FitTable(columns, 21).Row(p, 0, c.n, draw.Plain)
		p = want.In(draw.At(0, 0, 21, 1))
		p.Next()
		for i, r := range c.want {
			p.Right(r, strconv.Itoa(c.n*(i+1)), 7*(i+1), 1)
		}
		if got.String() != want.String() {
			t.Errorf("%d is %q, want %q", c.n, got, want)
		}
	}
}
