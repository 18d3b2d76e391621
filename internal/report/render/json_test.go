package render

import (
	"errors"
	"math"
	"strings"
	"testing"
)

// closedPipe refuses what is written to it.
type closedPipe struct{}

var errClosed = errors.New("closed pipe")

func (closedPipe) Write([]byte) (int, error) { return 0, errClosed }

func TestAReportThatCannotBeWrittenIsAnError(t *testing.T) {
	if err := WriteJSON(closedPipe{}, []string{"a"}, []any{1}); !errors.Is(err, errClosed) {
		t.Error(err)
	}
	for _, values := range [][]any{{math.NaN()}, {1, math.Inf(1)}} {
		var out strings.Builder
		if err := WriteJSON(&out, []string{"a", "b"}[:len(values)], values); err == nil || out.Len() != 0 {
			t.Errorf("%v: %v, and %q is written", values, err, out.String())
		}
	}
}

func TestSeveralReportsKeepTheOrderOfTheirNames(t *testing.T) {
	var out strings.Builder
	if err := WriteJSON(&out, []string{"z", "a\"", "m"}, []any{1, nil, []int{}}); err != nil {
		t.Fatal(err)
	}
	if want := "{\n  \"z\": 1,\n  \"a\\\"\": null,\n  \"m\": []\n}\n"; out.String() != want {
		t.Errorf("%q, not %q", out.String(), want)
	}
}
