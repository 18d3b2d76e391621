package views

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/views/draw"
)

// screenLines draws a frame and returns its lines without styles.
func screenLines(f Frame) []string {
	return strings.Split(ansi.Strip(Draw(f, draw.NewLook(draw.Options{}, true))), "\n")
}

// The sizes at which the screens are looked at.
func goldenSizes() [][2]int {
	return [][2]int{{160, 50}, {140, 45}, {120, 36}, {100, 30}, {80, 24}, {60, 16}, {50, 15}, {20, 5}}
}

// pageSizes are the sizes at which every page is looked at.
func pageSizes() [][2]int { return [][2]int{{160, 50}, {120, 36}, {80, 24}, {60, 16}} }

func plainScreen(f Frame) string { return ansi.Strip(Draw(f, draw.NewLook(draw.Options{}, true))) }

// drawnWords is all words of a screen, one space between them.
func drawnWords(f Frame) string {
	return strings.Join(strings.Fields(strings.Join(screenLines(f), " ")), " ")
}
