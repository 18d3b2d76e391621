package report

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"resiltui/internal/report/render"
	"resiltui/internal/scenario"
)

// seeded are options with nothing else changed.
func seeded(seed uint64, set ...string) Options { return Options{Seed: seed, Set: set} }

// reportOf runs one report as its own type.
func reportOf[R Report](t testing.TB, name string, o Options) R {
	t.Helper()
	r, err := Run(context.Background(), name, o)
	if err != nil {
		t.Fatalf("%s with %+v: %v", name, o, err)
	}
	return r.(R)
}

func retryOf(t testing.TB, o Options) *RetryReport {
	t.Helper()
	return reportOf[*RetryReport](t, "retry", o)
}

func breakerOf(t testing.TB, o Options) *BreakerReport {
	t.Helper()
	return reportOf[*BreakerReport](t, "breaker", o)
}

func strategiesOf(t testing.TB, o Options) *StrategiesReport {
	t.Helper()
	return reportOf[*StrategiesReport](t, "strategies", o)
}

func pipelineOf(t testing.TB, o Options) *PipelineReport {
	t.Helper()
	return reportOf[*PipelineReport](t, "pipeline", o)
}

// recordOf plays a scenario and keeps what it told.
func recordOf(t testing.TB, name string, o Options) *record {
	t.Helper()
	sc, err := setUp(name, o)
	if err != nil {
		t.Fatal(err)
	}
	return played(t, sc, o)
}

func played(t testing.TB, sc scenario.Scenario, o Options) *record {
	t.Helper()
	r, err := play(context.Background(), sc, o, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// jsonOf is what the command writes for these reports.
func jsonOf(t testing.TB, names []string, o Options) []byte {
	t.Helper()
	var data []any
	for _, name := range names {
		data = append(data, reportOf[Report](t, name, o))
	}
	var out bytes.Buffer
	if err := render.WriteJSON(&out, names, data); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// decoded is what a program reads.
func decoded(t testing.TB, body []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return v
}

// is says whether a rate is known and what is wanted.
func is(got *float64, want float64) bool { return got != nil && *got == want }
