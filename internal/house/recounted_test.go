package house

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/stats"
	"resiltui/internal/stats/verdict"
)

// randomRuns is how many runs are counted over again.
const randomRuns = 50

// randomRun is a scenario with settings, faults, callers and a length that are drawn.
func randomRun(t *testing.T, seed uint64) (variant, scenario.Scenario) {
	t.Helper()
	draw := rand.New(rand.NewPCG(seed, 1))
	all := scenario.Names()
	s, err := scenario.Find(all[draw.IntN(len(all))])
	if err != nil {
		t.Fatal(err)
	}
	v := variant{name: "random", batches: 5 + draw.IntN(80), callers: 1 + draw.IntN(4), naive: draw.IntN(2) == 0}
	settings := policy.Settings()
	for i := range s.Sensors {
		randomSteps(draw, settings, &s.Sensors[i].Policy)
	}
	for range draw.IntN(12) {
		v.script = append(v.script, randomCommand(draw, &s, settings, v.batches))
	}
	slices.SortStableFunc(v.script, func(a, b engine.Scripted) int { return a.Batch - b.Batch })
	return v, s
}

// randomSteps steps through some settings of a policy.
func randomSteps(draw *rand.Rand, settings []policy.Setting, p *policy.Policy) {
	for range draw.IntN(8) {
		settings[draw.IntN(len(settings))].Step(p, draw.IntN(2) == 0)
	}
}

// randomCommand is mostly a fault, of which many are enough to end in the run.
func randomCommand(draw *rand.Rand, s *scenario.Scenario, settings []policy.Setting, batches int) engine.Scripted {
	sensor := draw.IntN(len(s.Sensors))
	cmd := event.Command{Op: event.Inject, Sensors: []int{sensor}, By: "chance"}
	switch draw.IntN(8) {
	case 0:
		cmd.Op = event.ToggleForced
	case 1:
		cmd.Op = event.ResetBreaker
	case 2:
		cmd.Op, cmd.Policy = event.Tune, s.Sensors[sensor].Policy
		randomSteps(draw, settings, &cmd.Policy)
	case 3:
		cmd.Op = event.Recover
	default:
		kinds := fault.Kinds()
		cmd.Fault = fault.Default(kinds[draw.IntN(len(kinds))].Number)
		cmd.Fault.Until = time.Duration(1+draw.IntN(8)) * time.Second
	}
	return engine.Scripted{Batch: 1 + draw.IntN(batches), Command: cmd}
}

// The log alone gives every figure that is shown of a run.
func TestTheFiguresOfFiftyRandomRunsAreThoseOfTheirLogs(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(randomRuns) {
		v, s := randomRun(t, seed)
		t.Run(fmt.Sprintf("%d %s", seed, s.Name), func(t *testing.T) {
			aggregator := stats.New()
			got := recount(t, v.play(t, s, seed, aggregator))
			want := aggregator.Snapshot(stats.Query{Verdicts: stats.MaxVerdicts})
			sameSensors(t, &want, got, seen)
			samePipeline(t, &want, got)
			sameVerdicts(t, want.Verdicts, got.verdicts, seen)
		})
	}
	for _, what := range []string{
		"live", "stale", "interpolated", "fast-fail", "missing", "opens", "retries", "good probes", "bad probes", "CLOSED", "OPEN", "HALF_OPEN",
		"FORCED_OPEN", "DISABLED", "percentiles", "judged", "verdicts", "seen", "not seen", "unsent", "refused well", "wrong values", "refused, served",
	} {
		if seen[what] == 0 {
			t.Errorf("no run has anything of %s", what)
		}
	}
}

// figures are what two counts must agree on.
type figures map[string][2]int64

func (f figures) compare(t *testing.T, of string, seen map[string]int) {
	t.Helper()
	for name, both := range f {
		if both[0] != both[1] {
			t.Errorf("%s, %s: shown are %d, counted %d", of, name, both[0], both[1])
		}
		if both[0] != 0 {
			seen[name]++
		}
	}
}

func sameSensors(t *testing.T, want *stats.Snapshot, got *recounted, seen map[string]int) {
	t.Helper()
	for i := range want.Sensors {
		v := &want.Sensors[i]
		g, c, m := got.sensors[v.ID], &v.Counts, &v.Counts.Metrics
		both := func(shown uint64, counted int) [2]int64 { return [2]int64{int64(shown), int64(counted)} }
		figures{
			"live":            both(c.Live, g.statuses["live"]),
			"stale":           both(c.Stale+c.Interpolated, g.statuses["stale"]),
			"fast-fail":       both(c.FastFail, g.statuses["fast-fail"]),
			"missing":         both(c.Missing, g.statuses["missing"]),
			"substitutes":     both(c.Served, g.substitutes),
			"served":          both(c.Served, g.qualities["stale"]+g.qualities["interpolated"]),
			"refused, served": both(c.FastFailServed(), g.servedRefused),
			"delivered":       both(c.Delivered(), g.statuses["live"]+g.substitutes),
			"retries":         both(c.Retries, g.retries),
			"retried calls":   both(c.RetriedCalls, g.retried),
			"saved calls":     both(c.SavedCalls, g.saved),
			"attempts":        both(c.Attempts, g.attempts),
			"failed":          both(c.Attempts-c.Live, g.failed), // an attempt that comes good ends its call
			"waited":          {int64(c.Waited), g.waited},
			"opens":           both(m.CircuitOpenCount, g.opens),
			"opens told":      both(v.Circuit.Opens, g.opens),
			"good probes":     both(m.ProbeSuccessCount, g.probes["success"]),
			"bad probes":      both(m.ProbeFailCount, g.probes["failure"]),
			"successes":       both(m.SuccessCalls, g.outcomes["success"]),
			"failures":        both(m.FailureCalls, g.outcomes["failure"]),
			"neutral":         both(m.IgnoredCalls, g.outcomes["neutral"]),
			"oldest":          {int64(c.OldestServed), g.oldest},
			"off by":          {c.OffBy, g.offBy},
			"judged":          both(c.Judged, int(g.judged)),
			"CLOSED":          {int64(v.States.Closed), g.inState["CLOSED"]},
			"OPEN":            {int64(v.States.Open), g.inState["OPEN"]},
			"HALF_OPEN":       {int64(v.States.HalfOpen), g.inState["HALF_OPEN"]},
			"FORCED_OPEN":     {int64(v.States.ForcedOpen), g.inState["FORCED_OPEN"]},
			"DISABLED":        {int64(v.States.Disabled), g.inState["DISABLED"]},
		}.compare(t, v.ID, seen)
		seen["interpolated"] += g.qualities["interpolated"]
		samePercentiles(t, v, g.took, seen)
	}
}

// samePercentiles allows for the width of a bucket of the histogram: a sixteenth, half of
// it to either side.
func samePercentiles(t *testing.T, v *stats.SensorView, took []int64, seen map[string]int) {
	t.Helper()
	if v.Answers != uint64(len(took)) {
		t.Errorf("%s: %d answers, counted %d", v.ID, v.Answers, len(took))
	}
	if len(took) == 0 {
		return
	}
	seen["percentiles"]++
	for per, shown := range map[int]time.Duration{50: v.P50, 95: v.P95, 99: v.P99} {
		exact := percentile(took, per)
		if off := int64(shown) - exact; max(off, -off) > exact/32+int64(time.Microsecond) {
			t.Errorf("%s: p%d is shown as %v, and is %v", v.ID, per, shown, time.Duration(exact))
		}
	}
	if longest := time.Duration(slices.Max(took)); v.Max != longest {
		t.Errorf("%s: the longest is shown as %v, and is %v", v.ID, v.Max, longest)
	}
}

func samePipeline(t *testing.T, want *stats.Snapshot, got *recounted) {
	t.Helper()
	p := &want.Pipeline
	var sums sensorCount
	delivered, calls, refused := 0, 0, 0
	for _, s := range got.sensors {
		for _, n := range s.statuses {
			calls += n
		}
		delivered += s.substitutes + s.statuses["live"]
		refused += s.statuses["fast-fail"] - s.held
		sums.attempts += s.attempts
		sums.retried += s.retried
		sums.saved += s.saved
		sums.substitutes += s.substitutes
		sums.servedRefused += s.servedRefused
		sums.oldest = max(sums.oldest, s.oldest)
	}
	readings := uint64(0)
	for i := range want.Sensors {
		readings += want.Sensors[i].Counts.Live + want.Sensors[i].Counts.Served
	}
	naiveAttempts := 0 // one for each call
	if want.Run.Naive {
		naiveAttempts = calls
	}
	figures{
		"batches":            {int64(p.Batches), int64(got.batches)},
		"complete batches":   {int64(p.Delivered), int64(got.delivered)},
		"naive batches":      {int64(p.NaiveDelivered), int64(got.naive)},
		"time":               {int64(p.Took), got.took},
		"naive time":         {int64(p.NaiveTook), got.naiveTook},
		"readings delivered": {int64(readings), int64(delivered)},
		"attempts":           {int64(p.Attempts), int64(sums.attempts)},
		"naive attempts":     {int64(p.NaiveAttempts), int64(naiveAttempts)},
		"refused":            {int64(p.FastFail), int64(refused)},
		"retried":            {int64(p.RetriedCalls), int64(sums.retried)},
		"saved":              {int64(p.SavedCalls), int64(sums.saved)},
		"served":             {int64(p.Served), int64(sums.substitutes)},
		"refused, served":    {int64(p.FastFailServed), int64(sums.servedRefused)},
		"oldest":             {int64(p.OldestServed), sums.oldest},
	}.compare(t, "all", map[string]int{})
}

func sameVerdicts(t *testing.T, want []verdict.Verdict, got []episodeCount, seen map[string]int) {
	t.Helper()
	if len(got) > stats.MaxVerdicts {
		got = got[len(got)-stats.MaxVerdicts:]
	}
	if len(got) != len(want) {
		t.Errorf("%d verdicts, counted %d", len(want), len(got))
		return
	}
	seen["verdicts"] += len(want)
	for i := range want {
		v, g := &want[i], &got[i]
		if v.ID != g.sensor || v.Seen != g.seen || v.AvoidedAtMost != g.atMost || !slices.Equal(v.Labels, g.labels[:min(len(g.labels), len(v.Labels))]) {
			t.Errorf("verdict %d: %+v, counted %+v", i, v, g)
		}
		if g.seen {
			seen["seen"]++
		} else {
			seen["not seen"]++
			g.seenCalls, g.seenAttempts, g.openedAt = 0, 0, g.began
		}
		millionths := func(x float64) int64 { return apart(x, 0) }
		figures{
			"began":           {int64(v.Began), g.began},
			"lasted":          {int64(v.Lasted()), g.ended - g.began},
			"seen after":      {int64(v.SeenAfter), g.openedAt - g.began},
			"seen calls":      {int64(v.SeenCalls), int64(g.seenCalls)},
			"seen attempts":   {int64(v.SeenAttempts), int64(g.seenAttempts)},
			"attempts":        {int64(v.Attempts), int64(g.attempts)},
			"unsent":          {int64(v.Avoided), int64(g.unsent)},
			"refused":         {int64(v.FastFail), int64(g.refused)},
			"refused well":    {int64(v.FastFailWhileWell), int64(g.refusedWell)},
			"served":          {int64(v.Served), int64(g.served)},
			"refused, served": {int64(v.FastFailServed), int64(g.servedRefused)},
			"oldest":          {int64(v.Oldest), g.oldest},
			"off":             {millionths(v.Off), g.off},
			"wrong values":    {int64(v.Wrong), g.wrongValues},
			"wrong off":       {millionths(v.WrongOff), g.wrongOff},
			"back":            {int64(v.Back), g.over - g.ended},
			"over":            {int64(v.Over), g.over},
		}.compare(t, fmt.Sprintf("verdict %d on %s", i, v.ID), seen)
	}
}
