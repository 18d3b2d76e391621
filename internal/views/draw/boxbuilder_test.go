package draw_test

import (
	"testing"

	"pgregory.net/rapid"

	"resiltui/internal/model/dialog/dialogtest"
	"resiltui/internal/views/draw"
)

func TestAListFitsEveryScreen(t *testing.T) {
	text := rapid.SampledFrom(dialogtest.Texts())
	rapid.Check(t, func(t *rapid.T) {
		look := draw.NewLook(draw.Options{ASCII: rapid.Bool().Draw(t, "ascii")}, true)
		width, height := rapid.IntRange(0, 200).Draw(t, "width"), rapid.IntRange(0, 80).Draw(t, "height")
		var rows []draw.Hint
		for range rapid.IntRange(1, 30).Draw(t, "rows") {
			rows = append(rows, draw.Hint{Key: "1", Word: text.Draw(t, "choice")})
		}
		keys := []draw.Hint{{Key: "enter", Word: text.Draw(t, "word")}, {Key: "*", Word: "all"}, {Key: "esc"}}
		cursor := rapid.IntRange(0, len(rows)-1).Draw(t, "at")
		dialogtest.Fits(t, draw.ListBox(text.Draw(t, "title"), rows, cursor, keys, width, height, look), width, height)
	})
}
