package breaker

import (
	"fmt"
	"strings"
	"time"
)

// Status is the short report on a Breaker, for people.
type Status struct {
	// State is the state.
	State State
	// SuccessRate is successful calls / all calls, 0 to 1, if HasCalls.
	SuccessRate float64
	// FastFailRate is refused calls / all calls, 0 to 1, if HasCalls.
	FastFailRate float64
	// HasCalls is false until the first call; the rates are then not known.
	HasCalls bool
	// Opens is the number of openings since New.
	Opens uint64
	// SinceLastFailure is the time since the latest failure, if HasFailed.
	SinceLastFailure time.Duration
	// HasFailed is false until the first failure.
	HasFailed bool
}

// Status returns the report as of now. It changes nothing.
func (b *Breaker) Status() Status {
	s := b.Snapshot()
	r := Status{State: s.State, Opens: s.Opens, HasFailed: s.HasFailed}
	r.SuccessRate, r.HasCalls = s.Metrics.SuccessRate()
	r.FastFailRate, _ = s.Metrics.FastFailRate()
	if s.HasFailed {
		r.SinceLastFailure = s.At - s.LastFailure
	}
	return r
}

// String returns the report as five lines without a final newline. What is not
// known reads n/a, or never.
func (s Status) String() string {
	success, refused, failed := "n/a", "n/a", "never"
	if s.HasCalls {
		success = fmt.Sprintf("%.1f %%", s.SuccessRate*100)
		refused = fmt.Sprintf("%.1f %%", s.FastFailRate*100)
	}
	if s.HasFailed {
		failed = fmt.Sprintf("%.2f s ago", s.SinceLastFailure.Seconds())
	}
	return strings.Join([]string{
		"state         " + s.State.String(),
		"success rate  " + success,
		"fast-fail     " + refused,
		fmt.Sprintf("opens         %d", s.Opens),
		"last failure  " + failed,
	}, "\n")
}
