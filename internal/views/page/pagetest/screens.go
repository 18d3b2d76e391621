package pagetest

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/views"
	"resiltui/internal/views/draw"
)

// Lines draws a frame and returns its lines without styles.
func Lines(f views.Frame) []string {
	return strings.Split(ansi.Strip(views.Draw(f, draw.NewLook(draw.Options{}, true))), "\n")
}

// GoldenSizes are the sizes at which the overview and the detail have golden files.
func GoldenSizes() [][2]int {
	return [][2]int{{160, 50}, {140, 45}, {120, 36}, {100, 30}, {80, 24}, {60, 16}, {50, 15}, {20, 5}}
}

// PageSizes are the sizes at which every page has golden files.
func PageSizes() [][2]int { return [][2]int{{160, 50}, {120, 36}, {80, 24}, {60, 16}} }

// Plain draws a frame without styles.
func Plain(f views.Frame) string {
	return ansi.Strip(views.Draw(f, draw.NewLook(draw.Options{}, true)))
}

// Words is the text of a screen with one space between all words.
func Words(f views.Frame) string {
	return strings.Join(strings.Fields(strings.Join(Lines(f), " ")), " ")
}
