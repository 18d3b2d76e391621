package breaker

import (
	"fmt"
	"time"
)

// The values that a zero field stands for, where there is a window by time.
const (
	DefaultBuckets   = 10
	DefaultMinVolume = 10
)

// NoThreshold as FailureThreshold judges no failures in a row, only rates.
const NoThreshold = -1

// The ends of the ranges that Validate allows.
const (
	LimitCalls   = 100_000      // Window.Calls; two bits each
	LeastBuckets = 2            // Window.Buckets
	LimitBuckets = 1_000        // Window.Buckets
	LeastRate    = 1. / million // FailureRate and SlowRate, which may be 1 at most
)

// Window says which calls the rates are taken over. At most one of Calls and
// Span is set. The zero value is no window.
//
// A window slides: no outcome counts for less time because of where on the
// clock it falls. It is of fixed size, made by New.
type Window struct {
	// Calls makes it a window by count: the latest Calls calls, however old. 1
	// to 100,000.
	Calls int
	// Span makes it a window by time: the calls that ended within the last Span.
	// They are summed up in Buckets and leave one bucket at a time: a call counts
	// until it is at least Span - Span/Buckets and at most Span old.
	Span time.Duration
	// Buckets is how many buckets a Span is divided into: 2 to 1,000; 0 is 10. It
	// needs Span.
	Buckets int
}

// volume is what MinVolume is by default.
func (w Window) volume() int {
	switch {
	case w.Calls > 0:
		return w.Calls
	case w.Span > 0:
		return DefaultMinVolume
	}
	return 0
}

// isSet reports whether there is a window.
func (w Window) isSet() bool { return w != Window{} }

// hasRates reports whether a rate is judged.
func (s *Settings) hasRates() bool { return s.FailureRate != 0 || s.SlowRate != 0 }

// timed reports whether the clock is read at the end of every call.
func (s *Settings) timed() bool { return s.Window.Span > 0 || s.SlowCall > 0 }

// validateRates is Validate for the window and its rates. A setting that would
// do nothing without another is refused, because it is a mistake.
func (s *Settings) validateRates() error {
	w := s.Window
	switch {
	case w.Calls < 0 || w.Calls > LimitCalls:
		return &SettingError{"Window.Calls", w.Calls, fmt.Sprintf("1 to %d, or 0 for none", LimitCalls)}
	case w.Span < 0:
		return &SettingError{"Window.Span", w.Span, "a positive duration, or 0 for none"}
	case w.Span > 0 && w.Calls > 0:
		return &SettingError{"Window.Span", w.Span, "0, because Window.Calls is set"}
	case w.Buckets != 0 && w.Span == 0:
		return &SettingError{"Window.Buckets", w.Buckets, "0, because Window.Span is 0"}
	case w.Buckets != 0 && (w.Buckets < LeastBuckets || w.Buckets > LimitBuckets):
		return &SettingError{"Window.Buckets", w.Buckets, fmt.Sprintf("2 to %d, or 0 for %d", LimitBuckets, DefaultBuckets)}
	case !isRate(s.FailureRate):
		return outOfRate("FailureRate", s.FailureRate)
	case !isRate(s.SlowRate):
		return outOfRate("SlowRate", s.SlowRate)
	case s.SlowCall < 0:
		return &SettingError{"SlowCall", s.SlowCall, "a positive duration, or 0 for none"}
	case s.SlowCall == 0 && s.SlowRate > 0:
		return &SettingError{"SlowCall", s.SlowCall, "a positive duration, because SlowRate is set"}
	case s.SlowCall > 0 && s.SlowRate == 0:
		return &SettingError{"SlowRate", s.SlowRate, "more than 0, because SlowCall is set"}
	case s.hasRates() && !w.isSet():
		return &SettingError{"Window", "not set", "a number of calls or a span, because a rate is set"}
	case !s.hasRates() && w.isSet():
		return &SettingError{"FailureRate", s.FailureRate, "more than 0, or SlowRate is, because Window is set"}
	}
	return s.validateVolume()
}

func (s *Settings) validateVolume() error {
	most := LimitCount
	if s.Window.Calls > 0 {
		most = s.Window.Calls // the window never holds more
	}
	switch {
	case s.MinVolume != 0 && !s.Window.isSet():
		return &SettingError{"MinVolume", s.MinVolume, "0, because there is no Window"}
	case s.MinVolume < 0 || s.MinVolume > most:
		return outOfCount("MinVolume", s.MinVolume, most, s.Window.volume())
	}
	return nil
}

// isRate also refuses NaN.
func isRate(x float64) bool { return x == 0 || x >= LeastRate && x <= 1 }

func outOfRate(field string, value float64) error {
	return &SettingError{field, value, "0.000001 to 1, or 0 for none"}
}
