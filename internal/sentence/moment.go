package sentence

import (
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/words"
)

// Moment is when something happened, as all that is shown says it: the clock time where the
// run has a date ("03:05:15"), else the time of the run ("00:46.3"). The run may be nil.
func Moment(run *event.Run, at time.Duration) string {
	if date, ok := run.Date(at); ok {
		return words.TimeOfDay(date)
	}
	return words.Clock(at)
}

// NewDay names the day of a moment where it is another than that of the moment before
// ("Wed 25 Nov 2026"): clock times alone do not say it. It is empty within one day, and in
// a run without a date.
func NewDay(run *event.Run, at, before time.Duration) string {
	date, ok := run.Date(at)
	last, _ := run.Date(before)
	if !ok || words.Day(date) == words.Day(last) {
		return ""
	}
	return words.Day(date)
}

// Dated is a moment in texts that leave the program, where no header names the day: with
// date and zone where the run has a date ("2026-11-26 03:05:15 CET").
func Dated(run *event.Run, at time.Duration) string {
	if date, ok := run.Date(at); ok {
		return date.Format("2006-01-02 15:04:05 MST")
	}
	return words.Clock(at)
}
