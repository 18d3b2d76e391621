package stats

import (
	"time"

	"resiltui/internal/engine/health"
)

// HealthWindow is the time that the figures of Health are about: the last 60 minutes, or
// the time since the start where that is shorter. It begins with a full minute of the run,
// so it can be shorter by one; that of the latencies begins with five full minutes.
const HealthWindow = time.Hour

// Health is what a real endpoint itself did when it was asked, apart from what the
// policies delivered. It is zero for simulated sensors.
type Health struct {
	// State is since Since, because of Cause where it is Down. Failed is how many calls in
	// a row have failed by now.
	State  health.State
	Since  time.Duration
	Cause  string
	Failed int
	// Flapping is true where FlappedOutages began within Run.Thresholds.FlappingWithin, and
	// these are enough.
	Flapping       bool
	FlappedOutages int
	// Settling is true where it is UP and was DOWN or SLOW until less than a minute ago.
	Settling bool
	// Began and Ended are those of the newest outage that is over, Ended 0 where there was
	// none.
	Began, Ended time.Duration

	// Availability is that of the window, Whole that since the start of the run.
	Availability
	Whole Availability

	// Latency of the answered calls, of each its last attempt; percentiles are 0 where there are fewer than MinAnswers.
	// P95Now is the 95th percentile of the last SureAnswers answers. P95Before is that of
	// the oldest sixth of the window, and Before how long ago the middle of that was; 0 where
	// there were too few answers, or where the window is shorter than ten minutes.
	Answers           uint64
	P50, P95, Max     time.Duration
	P95Now            time.Duration
	P95Before, Before time.Duration
	// Trend of the value: ValueBefore was true ValueAgo ago, at most HealthWindow; PerMinute
	// is how much it changed a minute in the last two minutes, or, where values are rarer,
	// in the last ten at most. HasTrend is false before two values that are a minute apart.
	ValueBefore float64
	ValueAgo    time.Duration
	PerMinute   float64
	HasTrend    bool
}

// Availability is how often and how long an endpoint answered in a time.
type Availability struct {
	// Asked calls were made and Answered of them succeeded; Missed were due and not made,
	// because the call before lasted too long.
	Asked, Answered, Missed uint64
	// UpShare is the part of the time, 0 to 1, in which the endpoint was in no outage; HasUp
	// is false where it never answered and was in no outage. Down is the time in outages,
	// PlusMinus how far that may be off because nobody asked.
	UpShare         float64
	HasUp           bool
	Down, PlusMinus time.Duration
	// Outages are all that ended or are in progress within the time; Alone are failed calls
	// that were no outage, because an answer followed.
	Outages, Alone int
	// Opens and Probes are of the breaker; a circuit that opens again after a probe has not
	// opened twice. RefusedGood and RefusedBad are calls that it
	// refused, or with Run.Beside would have refused, by what came of them; with policies in
	// the way, nobody knows that, so Refused is more than their sum.
	Opens, Probes                    uint64
	Refused, RefusedGood, RefusedBad uint64
}

// Rank is how much attention an endpoint needs, the most first.
type Rank uint8

// The ranks: down, flapping, slow, up again only since a minute, and none of these.
const (
	RankDown Rank = iota
	RankFlapping
	RankSlow
	RankSettling
	RankCalm
)

// Rank is that of the endpoint. One that is not known needs none.
func (h *Health) Rank() Rank {
	switch {
	case h.State == health.Down:
		return RankDown
	case h.Flapping:
		return RankFlapping
	case h.State == health.Slow:
		return RankSlow
	case h.Settling:
		return RankSettling
	default:
		return RankCalm
	}
}
