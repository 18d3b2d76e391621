package sentence

import (
	"strconv"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/words"
)

// Trips is how many more failures open a circuit; short goes without their name.
func Trips(left int) (text, short string) {
	trips := words.Plural(" trips it", " trip it", left)
	return words.Counted(left, "more failure") + trips, strconv.Itoa(left) + " more" + trips
}

// Closes is how many more good probes close a circuit; short goes without their
// name.
func Closes(left int) (text, short string) {
	closes := words.Plural(" closes it", " close it", left)
	return words.Counted(left, "more good probe") + closes, strconv.Itoa(left) + " more" + closes
}

// Window is what a window says of a closed circuit: how near a rate is to its
// limit, and how many more failures reach any limit. Below the least number of
// calls no rate is judged.
func Window(c *event.Circuit) (text, short string) {
	var more, moreShort string
	if left := c.FailuresToTrip; left > 0 {
		trips, _ := Trips(left)
		more, moreShort = ", "+trips, ", "+strconv.Itoa(left)+" trip"
	}
	if c.Sample.Calls < c.MinVolume {
		head := strconv.Itoa(c.Sample.Calls) + " of " + strconv.Itoa(c.MinVolume)
		return head + " calls counted" + more, head + " counted"
	}
	rate, _ := c.Sample.FailureRate()
	slow, _ := c.Sample.SlowRate()
	limit, word := c.FailureRate, ""
	// The rate that is nearer to its limit; products, for a limit may be 0.
	if c.SlowRate > 0 && (limit == 0 || slow*limit > rate*c.SlowRate) {
		rate, limit, word = slow, c.SlowRate, "slow "
	}
	head := word + words.Rate(rate) + " of " + words.Rate(limit)
	return head + more, head + moreShort
}

// Probe is when an open circuit lets a probe through.
func Probe(probeAt, now time.Duration) string {
	if left := probeAt - now; left > 0 {
		return "probe in " + words.Left(left)
	}
	return "probe due"
}
