package report

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"resiltui/internal/scenario"
)

// contract are the keys of each report that programs rely on, as paths; [] is
// every element of a list. More may be added; none of these is renamed.
func contract() map[string][]string {
	breakerRun := breakerRunKeys()
	cost := []string{"seconds", "successfulBatches", "secondsPerSuccessfulBatch", "readingsDelivered"}
	return map[string][]string{
		"retry": slices.Concat(
			[]string{"report", "seed", "callsPerFunction"},
			under("functions[].", []string{
				"name", "totalCalls", "successes", "totalAttempts", "retries", "successfulRetries",
				"permanentFailures", "propagated", "totalDelaySeconds", "successRate", "retrySuccessRate",
				"retryRate", "averageDelayPerPermanentFailureSeconds",
			}),
			under("checks[].", []string{"name", "pass", "detail"})),
		"breaker": slices.Concat(
			[]string{"report", "seed", "service.crashStartSeconds", "service.crashEndSeconds"},
			under("runs[].", breakerRun),
			under("luckyRequest.service.", []string{"crashStartSeconds", "crashEndSeconds", "luckyRequestNumber"}),
			under("luckyRequest.runs[].", breakerRun)),
		"strategies": slices.Concat(
			[]string{"report", "seed"},
			under("strategies[].", []string{
				"name", "totalDelivered", "averageFreshness", "liveShare", "worstBatch", "worstBatchDelivered",
			}),
			under("strategies[].errors[].", []string{"sensor", "unit", "meanAbsoluteError", "maxAbsoluteError"}),
			under("strategies[].batches[].", []string{"batch", "live", "stale", "interpolated", "dropped", "delivered"}),
			under("recommendations[].", []string{"strategy", "useWhen", "because"})),
		"pipeline": slices.Concat(
			[]string{"report", "seed"},
			under("batches[].", []string{"batch", "live", "degraded"}),
			under("batches[].sensors[].", []string{"id", "status", "breaker", "attempts", "value", "ageSeconds"}),
			under("sensors[].", []string{
				"id", "liveRate", "staleRate", "fastFailRate", "missingRate", "totalRetries",
				"circuitOpenCount", "openedAtBatches[]", "probedAtBatches[]",
			}),
			under("recovery.", []string{"sensor", "recoveredAtCall", "closedAtBatch"}),
			under("comparison.resilient.", cost), under("comparison.naive.", cost),
			under("comparison.seedRank.", []string{"of", "fewerSuccessfulBatches"})),
	}
}

// breakerRunKeys are the keys of one breaker's run.
func breakerRunKeys() []string {
	return []string{
		"halfOpenSuccessThreshold", "calls", "intervalSeconds",
		"statuses[].afterCall", "statuses[].state", "statuses[].successRate", "statuses[].fastFailRate",
		"statuses[].circuitOpenCount", "statuses[].secondsSinceLastFailure",
		"metrics.totalCalls", "metrics.successCalls", "metrics.failureCalls", "metrics.circuitOpenCount",
		"metrics.fastFailCount", "metrics.probeSuccessCount", "metrics.probeFailCount",
		"transitions[].atSeconds", "transitions[].from", "transitions[].to", "transitions[].reason",
	}
}

// additions are the keys beyond the contract.
func additions() map[string][]string {
	run := []string{"failedRequests", "closedForGoodAtSeconds", "closedFalsely", "closedFalselyAtSeconds[]", "metrics.ignoredCalls", "metrics.inFlight"}
	return map[string][]string{
		"retry": {"settings[]", "functions[].failedAttempts"},
		"breaker": slices.Concat([]string{"settings[]"}, under("runs[].", run), under("luckyRequest.runs[].", run),
			under("drawnCrash.service.", []string{"crashStartSeconds", "crashEndSeconds", "luckyRequestNumber"}),
			under("drawnCrash.runs[].", slices.Concat(breakerRunKeys(), run))),
		"strategies": slices.Concat([]string{"settings[]"}, under("strategies[].", []string{"substituted", "readings", "errors[].substituted"})),
		"pipeline": slices.Concat([]string{"settings[]", "episodes[]", "sensors[].deliveredRate"}, under("comparison.seedRank.", []string{
			"firstSeed", "moreSuccessfulBatches", "noSuccessfulBatch", "naiveAhead", "meanSuccessfulBatches", "standardDeviation",
		})),
	}
}

func under(prefix string, keys []string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = prefix + k
	}
	return out
}

// paths lists the leaves of a decoded JSON value.
func paths(v any, at string, found map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for k, inner := range v {
			paths(inner, strings.TrimPrefix(at+"."+k, "."), found)
		}
	case []any:
		if len(v) == 0 { // the key is there, whatever its items would be
			found[at+"[]"] = true
		}
		for _, inner := range v {
			paths(inner, at+"[]", found)
		}
	default:
		found[at] = true
	}
}

func TestTheKeysAreThoseOfTheContract(t *testing.T) {
	for name, keys := range contract() {
		found := map[string]bool{}
		o := seeded(scenario.DefaultSeed)
		o.Among = 2
		paths(decoded(t, jsonOf(t, []string{name}, o)), "", found)
		got := slices.Sorted(maps.Keys(found))
		want := slices.Sorted(slices.Values(slices.Concat(keys, additions()[name])))
		for _, path := range want {
			if !found[path] {
				t.Errorf("%s: no %s", name, path)
			}
		}
		for _, path := range got {
			if !slices.Contains(want, path) {
				t.Errorf("%s: %s is neither in the contract nor among what was added", name, path)
			}
		}
	}
}

func TestAllIsAnObjectOfTheFourReports(t *testing.T) {
	o := seeded(7)
	all := decoded(t, jsonOf(t, Names(), o)).(map[string]any)
	if got := slices.Sorted(maps.Keys(all)); !slices.Equal(got, slices.Sorted(slices.Values(Names()))) {
		t.Errorf("it holds %v", got)
	}
	for name, r := range all {
		one := r.(map[string]any)
		if one["report"] != name || one["seed"] != 7.0 {
			t.Errorf("%s says it is %v of seed %v", name, one["report"], one["seed"])
		}
	}
}

// Rates are fractions; the retry rate alone, retries a call, may exceed 1.
func TestEveryRateIsAFractionOrNull(t *testing.T) {
	for seed := range uint64(20) {
		checkRates(t, decoded(t, jsonOf(t, Names(), seeded(seed))))
	}
}

func checkRates(t *testing.T, v any) {
	t.Helper()
	switch v := v.(type) {
	case map[string]any:
		for k, inner := range v {
			rate := strings.HasSuffix(k, "Rate") && k != "retryRate" || k == "averageFreshness" || k == "liveShare"
			if x, ok := inner.(float64); rate && ok && (x < 0 || x > 1 || micro(x) != x) {
				t.Errorf("%s is %v", k, x)
			}
			checkRates(t, inner)
		}
	case []any:
		for _, inner := range v {
			checkRates(t, inner)
		}
	}
}
