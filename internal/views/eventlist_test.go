package views

import (
	"testing"

	"resiltui/internal/sentence"
	"resiltui/internal/views/viewstest"
)

func TestAnEventAsText(t *testing.T) {
	l := viewstest.Lines()[4]
	if got, want := LogText(l), "00:47.1  batch 95  S3 coolant  probe 1 of 2 good (56 ms); 1 more closes it"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := LogText(sentence.Line{Text: "paused"}); got != "00:00.0  paused" {
		t.Errorf("%q", got)
	}
}
