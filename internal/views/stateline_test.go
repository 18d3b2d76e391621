package views_test

import (
	"testing"

	"resiltui/internal/views"
	"resiltui/internal/views/page/overview"
	"resiltui/internal/views/page/pagetest"
)

func TestAStateInOneLine(t *testing.T) {
	f := pagetest.Frame(overview.Page{}, 120, 36)
	want := "S3 coolant: LIVE 4.16 bar, HALF_OPEN, 1 more good probe closes it, opened 00:40.2  5 in a row: connection refused, 81 % of 95 calls live, 12 retries, 2 openings (resiltui pipeline, 00:47.4)"
	if got := views.StateLine(f, 3); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := views.StateLine(f, 99); got != "" {
		t.Errorf("no such sensor: %q", got)
	}
	if got := views.StateLine(views.Frame{}, 0); got != "" {
		t.Errorf("no run: %q", got)
	}
}
