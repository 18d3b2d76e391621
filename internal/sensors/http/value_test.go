package http

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/sensors"
)

// byTheWorker has jobs done as another process would do them.
func byTheWorker(_ context.Context, job []byte) ([]byte, error) { return work(job), nil }

func TestAWorkerSaysWhatAnExpressionGivesHere(t *testing.T) {
	for _, expression := range []string{
		".n", ".n / 3", ".missing", "1, 2", "empty", ".text", ".n + .text", "nan", "1e300", "-0.0000001", "def f: f; f", "error", ".text | tonumber",
	} {
		for _, body := range []string{`{"n": 7, "text": "a \u0000 b"}`, "[]", "", "{", "1 2", "\x00", strings.Repeat("9", 1000)} {
			here, err := compileJQ(expression, nil)
			if err != nil {
				t.Fatal(err)
			}
			there, err := compileJQ(expression, byTheWorker)
			if err != nil {
				t.Fatal(err)
			}
			x, xErr := here.number(context.Background(), []byte(body))
			y, yErr := there.number(context.Background(), []byte(body))
			if diff := cmp.Diff([]any{x, textOf(xErr)}, []any{y, textOf(yErr)}); diff != "" {
				t.Errorf("%s of %.20q: %s", expression, body, diff)
			}
			if _, ok := errors.AsType[*sensors.ReadError](yErr); yErr != nil && !ok {
				t.Errorf("%s of %.20q: %T is no error of a read", expression, body, yErr)
			}
		}
	}
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestAnExpressionThatAsksForTooMuchIsAReadThatFails(t *testing.T) {
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []struct {
		ctx   context.Context
		err   error
		want  string
		local bool
	}{
		{context.Background(), sensors.ErrTooSlow, "expression .n takes longer than 100 ms", false},
		{context.Background(), sensors.ErrLost, "expression .n takes too much memory", false},
		{context.Background(), errors.New("no more processes"), "expression .n cannot be run: no more processes", true},
		{ended, sensors.ErrLost, "context canceled", false},
	} {
		q, err := compileJQ(".n", func(context.Context, []byte) ([]byte, error) { return nil, c.err })
		if err != nil {
			t.Fatal(err)
		}
		_, got := q.number(c.ctx, []byte("{}"))
		_, local := errors.AsType[sensors.LocalError](got)
		if got == nil || got.Error() != c.want || local != c.local {
			t.Errorf("%v: %v, for want of something here %v", c.err, got, local)
		}
	}
}

func TestTheDigitsOfANumberHaveABound(t *testing.T) {
	for body, want := range map[string]float64{
		strings.Repeat("9", 1_000_000):        1.7976931348623157e308,
		"-" + strings.Repeat("9", 1_000_000):  -1.7976931348623157e308,
		"0." + strings.Repeat("3", 1_000_000): 1.0 / 3,
	} {
		got, err := decodeJSON([]byte(body))
		if err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%.10s: %v, not %v", body, got, want)
		}
	}
	inner, err := decodeJSON([]byte(`{"a": [` + strings.Repeat("1", 401) + `, 12]}`))
	if err != nil {
		t.Fatal(err)
	}
	list := inner.(map[string]any)["a"].([]any)
	if list[1] != json.Number("12") {
		t.Errorf("a short one is %v", list[1])
	}
	if list[0] != 1.7976931348623157e308 {
		t.Errorf("within: %v", list[0])
	}
}

func TestAnExpressionHasALength(t *testing.T) {
	if _, err := compileJQ(strings.Repeat("1 +", maxExpression)+" 1", nil); err == nil || !strings.Contains(err.Error(), "longer than 64 KiB") {
		t.Errorf("a long one: %v", err)
	}
	if _, err := compileJQ("\"a\x00b\"", nil); err == nil {
		t.Error("one with a NUL is taken")
	}
}
