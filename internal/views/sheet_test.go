package views

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/viewstest"
)

// checkBox fails unless a box fits the screen and each line of it is as wide as
// the others.
func checkBox(t rapid.TB, box draw.Box, width, height int) {
	t.Helper()
	if box.Text == "" {
		return
	}
	lines := strings.Split(box.Text, "\n")
	w := ansi.StringWidth(lines[0])
	if len(lines) > height || w > width {
		t.Fatalf("a box of %d × %d on a screen of %d × %d", w, len(lines), width, height)
	}
	for i, l := range lines {
		if ansi.StringWidth(l) != w {
			t.Fatalf("line %d is %d wide, the box %d:\n%s", i, ansi.StringWidth(l), w, ansi.Strip(box.Text))
		}
	}
	for _, z := range box.Zones {
		if z.X < 0 || z.Y < 0 || z.X+z.W > w || z.Y >= len(lines) {
			t.Fatalf("%+v can be clicked in a box of %d × %d", z, w, len(lines))
		}
	}
}

func randomField(t *rapid.T) *draw.Field {
	if rapid.Bool().Draw(t, "closed") {
		return nil
	}
	return &draw.Field{
		Text: viewstest.Text(t, "typed"), Cursor: rapid.IntRange(-2, 40).Draw(t, "cursor"),
		Range: viewstest.Text(t, "range"), Wrong: rapid.Bool().Draw(t, "wrong"),
	}
}

func TestBoxesFitEveryScreen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		look := draw.NewLook(draw.Options{ASCII: rapid.Bool().Draw(t, "ascii")}, true)
		width, height := rapid.IntRange(0, 200).Draw(t, "width"), rapid.IntRange(0, 80).Draw(t, "height")
		rows := rapid.IntRange(1, 30).Draw(t, "rows")
		cursor := rapid.IntRange(0, rows-1).Draw(t, "at")
		keys := []draw.Hint{{Key: "enter", Word: viewstest.Text(t, "word")}, {Key: "*", Word: "all"}, {Key: "esc", Word: ""}}
		lane := Lane{Columns: make([]stats.Column, rapid.IntRange(0, 40).Draw(t, "calls")), Attempts: 1 << 30}
		tuning := Tuning{
			Title: viewstest.Text(t, "title"), Cursor: cursor, Typed: randomField(t), Hint: viewstest.Text(t, "hint"), Note: viewstest.Text(t, "note"), Keys: keys,
			Ghost: Ghost{Ready: rapid.Bool().Draw(t, "ready"), Why: viewstest.Text(t, "why"), Was: lane, Would: lane, Elsewhere: viewstest.Text(t, "elsewhere")},
		}
		var list []draw.Hint
		for range rows {
			tuning.Rows = append(tuning.Rows, TuneRow{
				Group: "trip", Label: viewstest.Text(t, "label"), Unit: viewstest.Text(t, "unit"), Old: viewstest.Text(t, "old"), New: viewstest.Text(t, "new"), Off: viewstest.Text(t, "off"),
			})
			list = append(list, draw.Hint{Key: "1", Word: viewstest.Text(t, "choice")})
		}
		checkBox(t, TuneBox(&tuning, width, height, look), width, height)
		checkBox(t, draw.ListBox(viewstest.Text(t, "head"), list, cursor, keys, width, height, look), width, height)
	})
}

func TestWhatIsNotThereYetTakesTheSameRoom(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	lines := func(g Ghost) int {
		tuning := Tuning{Rows: make([]TuneRow, 26), Ghost: g}
		return strings.Count(TuneBox(&tuning, 120, 36, look).Text, "\n")
	}
	if waiting, there := lines(Ghost{}), lines(Ghost{Ready: true}); waiting != there {
		t.Errorf("the panel jumps from %d lines to %d", waiting, there)
	}
}
