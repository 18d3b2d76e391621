package sentence

import (
	"strconv"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/words"
)

// Trips is how many more failures open a circuit; short is without the word for
// them.
func Trips(left int) (text, short string) {
	trips := words.Plural(" trips it", " trip it", left)
	return words.Counted(left, "more failure") + trips, strconv.Itoa(left) + " more" + trips
}

// WouldTrip is Trips for a breaker that only watches.
func WouldTrip(left int) (text, short string) {
	return words.Counted(left, "more failure") + " would trip it", strconv.Itoa(left) + " more would"
}

// Nearest is what trips a closed circuit first: a number of further failures, or of
// slow calls where fewer of those are needed. The texts are empty where nothing would
// trip it; short is without the word for failures.
func Nearest(c *breaker.Circuit) (text, short string) {
	if slowFirst(c) {
		trips := words.Plural(" trips it", " trip it", c.SlowToTrip)
		return words.Counted(c.SlowToTrip, "more slow call") + trips, strconv.Itoa(c.SlowToTrip) + " slow" + trips
	}
	if c.FailuresToTrip > 0 {
		return Trips(c.FailuresToTrip)
	}
	return "", ""
}

// slowFirst is true where slow calls trip a circuit before as many failures do.
func slowFirst(c *breaker.Circuit) bool {
	return c.SlowToTrip > 0 && (c.FailuresToTrip == 0 || c.SlowToTrip < c.FailuresToTrip)
}

// Closes is how many more good probes close a circuit; short is without the
// words for them.
func Closes(left int) (text, short string) {
	closes := words.Plural(" closes it", " close it", left)
	return words.Counted(left, "more good probe") + closes, strconv.Itoa(left) + " more" + closes
}

// Window describes the window of a closed circuit with the rules in force (resolved):
// how near a rate is to its limit, and what trips the circuit first; the rate is that
// of slow calls where those trip it first. Below MinVolume calls no rate is judged.
// short and least are shorter forms: they keep what trips the circuit and drop some of
// the beginning.
func Window(c *breaker.Circuit, rules *breaker.Settings) (text, short, least string) {
	nearest, nearestShort := Nearest(c)
	more, trips, slowest := "", "", slowFirst(c)
	if nearest != "" {
		more = ", " + nearest
		trips = ", " + strconv.Itoa(c.FailuresToTrip) + words.Plural(" trips", " trip", c.FailuresToTrip)
	}
	if c.Sample.Calls < rules.MinVolume {
		head := strconv.Itoa(c.Sample.Calls) + " of " + strconv.Itoa(rules.MinVolume)
		text = head + " calls counted" + more
		switch {
		case slowest:
			return text, nearestShort, nearestShort
		case nearest == "":
			return text, head + " counted", head + " counted"
		}
		return text, head + " counted" + trips, nearestShort
	}
	rate, _ := c.Sample.FailureRate()
	slow, _ := c.Sample.SlowRate()
	limit, word := rules.FailureRate, ""
	// The rate that is nearer to its limit. Products instead of quotients,
	// because a limit may be 0.
	if rules.SlowRate > 0 && (slowest || limit == 0 || slow*limit > rate*rules.SlowRate) {
		rate, limit, word = slow, rules.SlowRate, "slow "
	}
	head := word + words.Rate(rate) + " of " + words.Rate(limit)
	switch {
	case slowest || word != "" && nearest != "":
		return head + more, nearestShort, nearestShort // a number alone would be taken for the other rate
	case nearest != "":
		return head + more, head + trips, words.Rate(rate) + trips
	}
	return head, head, word + words.Rate(rate)
}

// Held says for how much longer calls are held, because the sensor asked to wait.
func Held(left time.Duration) string {
	return "held " + words.Left(left) + " more, the server asked to wait"
}

// Probe is when an open circuit lets a probe through.
func Probe(probeAt, now time.Duration) string {
	if left := probeAt - now; left > 0 {
		return "probe in " + words.Left(left)
	}
	return "probe due"
}

// ProbeToTheSecond is Probe without tenths, which would move all the time on a screen that
// is looked at for hours.
func ProbeToTheSecond(probeAt, now time.Duration) string {
	if left := probeAt - now; left > 0 {
		return "probe in " + words.Lasting(left+time.Second-1)
	}
	return Probe(probeAt, now)
}
