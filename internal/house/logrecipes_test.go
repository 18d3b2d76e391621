package house

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/itchyny/gojq"

	"resiltui/internal/scenario"
	"resiltui/internal/stats"
)

// recipes are the programs for jq on the page of the log.
func recipes(t *testing.T) (programs []string) {
	t.Helper()
	page, err := os.ReadFile("../../docs/eventlog.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile("(?s)```jq\n(.*?)```").FindAllSubmatch(page, -1) {
		programs = append(programs, string(m[1]))
	}
	return programs
}

// cooked is what a program makes of a log, as `jq -s` does.
func cooked(t *testing.T, program string, log []byte) any {
	t.Helper()
	query, err := gojq.Parse(program)
	if err != nil {
		t.Fatalf("%s: %v", program, err)
	}
	var lines []any
	for line := range bytes.Lines(log) {
		var v any
		if err := json.Unmarshal(line, &v); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, v)
	}
	v, ok := query.Run(lines).Next()
	if err, failed := v.(error); !ok || failed {
		t.Fatalf("%s: %v", program, err)
	}
	return v
}

func TestTheRecipesOfTheLogsPageGiveTheFiguresThatAreShown(t *testing.T) {
	aggregator := stats.New()
	log := variants()[1].play(t, scenario.Pipeline(), 3, aggregator)
	snap := aggregator.Snapshot(stats.Query{})
	statuses := map[string]any{}
	sent, failed, avoided := 0, 0, 0
	for _, v := range snap.Sensors {
		counts := map[string]any{}
		for status, n := range map[string]uint64{
			"live": v.Counts.Live, "stale": v.Counts.Stale + v.Counts.Interpolated, "fast-fail": v.Counts.FastFail, "missing": v.Counts.Missing,
		} {
			if n > 0 {
				counts[status] = int(n)
			}
		}
		statuses[v.ID] = counts
		sent += int(v.Counts.Attempts)
		failed += int(v.Counts.Attempts - v.Counts.Live) // an attempt that comes good ends its call
	}
	for _, v := range recount(t, log).sensors {
		avoided += v.unsent
	}
	want := []any{
		statuses,
		map[string]any{"sent": sent, "failed": failed, "avoided": avoided},
		map[string]any{"delivered": snap.Pipeline.Delivered, "naive": snap.Pipeline.NaiveDelivered},
	}
	programs := recipes(t)
	if len(programs) != len(want) {
		t.Fatalf("%d recipes", len(programs))
	}
	for i, program := range programs {
		got, err := json.Marshal(cooked(t, program, log))
		if err != nil {
			t.Fatal(err)
		}
		wanted, err := json.Marshal(want[i])
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(wanted), string(got)); diff != "" {
			t.Errorf("%s\n%s", program, diff)
		}
	}
	if sent == 0 || failed == 0 || avoided == 0 || snap.Pipeline.Delivered == 0 {
		t.Errorf("%d sent, %d failed, %d avoided, %d delivered: a run that shows nothing", sent, failed, avoided, snap.Pipeline.Delivered)
	}
}
