package pagetest

import (
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/viewstest"
)

// Shop is the five watched endpoints of viewstest.Shop on a page, checkout selected, as a
// screen of this size asks for them.
func Shop(page views.Page, beside bool, width, height int) views.Frame {
	return Watched(viewstest.Shop(beside), page, 2, width, height)
}

// Watched is a run of real endpoints on a page, one of them selected, as a screen of this
// size asks for them.
func Watched(w viewstest.Watched, page views.Page, selected, width, height int) views.Frame {
	f := views.Frame{
		Now: w.Now, Width: width, Height: height, Page: page, Tabs: Tabs(), Selected: selected, Locked: true,
		Footer: []draw.Hint{
			{Key: "!", Word: "unlock"},
			{Key: "f", Word: "faults"},
			{Key: "r", Word: "recover"},
			{Key: "t", Word: "tune"},
			{Key: "d", Word: "slot"},
			{Key: "L", Word: "scale"},
			{Key: "space", Word: "pause"},
			{Key: "z", Word: "freeze"},
			{Key: "v", Word: "verdict"},
			{Key: "?", Word: "keys"},
			{Key: "q", Word: "quit"},
		},
	}
	f.Snap.Run = w.Run
	f.Snap = w.Snapshot(views.PlanFrame(f).Query())
	return f
}
