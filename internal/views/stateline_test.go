package views

import "testing"

func TestAStateInOneLine(t *testing.T) {
	f := fixtureFrame(OverviewPage{}, 120, 36)
	want := "S3 coolant: LIVE 4.16 bar, HALF_OPEN, 1 more good probe closes it, opened 00:40.2  5 in a row: connection refused, 81 % of 95 calls live, 12 retries, 2 openings (resiltui pipeline, 00:47.4)"
	if got := StateLine(f, 3); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := StateLine(f, 99); got != "" {
		t.Errorf("no such sensor: %q", got)
	}
	if got := StateLine(Frame{}, 0); got != "" {
		t.Errorf("no run: %q", got)
	}
}
