package sensors

import (
	"strconv"
	"time"
)

// Label names the fault in a few words, for the fault track: "crash", "black
// hole", "slow +150 ms", "errors 50 %", "flap 6.0 s", "rate limit 1 a s".
func (f Fault) Label() string {
	switch f.Kind {
	case Hang:
		return "black hole"
	case Slow:
		return "slow +" + shortDuration(f.Extra)
	case Errors:
		return "errors " + percent(f.Rate)
	case Flap:
		return "flap " + shortDuration(f.Period)
	case Jitter:
		return "jitter " + shortDuration(f.Extra) + " ×" + decimal(round6(f.Factor))
	case Burst:
		return "bursts " + percent(f.Rate) + " of " + shortDuration(f.Period)
	case FailFirst:
		return "fails first " + strconv.Itoa(f.Count)
	case Brownout:
		return "brownout +" + shortDuration(f.Extra) + " each"
	case Drift:
		return "drift +" + percent(f.Rate) + " a min"
	case Spike:
		return "spikes ×" + decimal(round6(f.Factor)) + " in " + percent(f.Rate)
	case RateLimit:
		if f.Period == time.Second {
			return "rate limit " + strconv.Itoa(f.Count) + " a s"
		}
		return "rate limit " + strconv.Itoa(f.Count) + " in " + shortDuration(f.Period)
	case CallerCancel:
		return "cancels " + percent(f.Rate)
	case Panic:
		return "panics " + percent(f.Rate)
	default:
		return f.Kind.String()
	}
}

// Description says in one line what a sensor with a fault of the kind does, and
// what a policy sees of it. It is empty for what is no kind.
func Description(kind FaultKind) string {
	switch kind {
	case Crash:
		return "refuses every attempt at once; failures are cheap and plain to see"
	case Hang:
		return "takes every attempt and never answers; a timeout ends the wait, or the system after 20 s"
	case Slow:
		return "answers, but later by a fixed time; with a timeout that may mean no answer"
	case Errors:
		return "fails a share of the attempts, each by luck; retries help"
	case Flap:
		return "is down for half of every period and well for the other; a circuit opens and closes with it"
	case Corrupt:
		return "answers in time with a wrong value; no policy sees it"
	case Stuck:
		return "answers in time with the value it had when this began; no policy sees it"
	case Jitter:
		return "answers, now and then much later; timeouts hit the long tail, and retries mend it"
	case Burst:
		return "fails everything for a part of every period; retries within a burst are spent for nothing"
	case FailFirst:
		return "fails a number of attempts and is well then; this ends by itself"
	case Brownout:
		return "answers, but slower the more it is asked; timeouts come with load, and retries make it worse"
	case Drift:
		return "answers in time, further off the truth every minute; no policy sees it"
	case Spike:
		return "answers in time, now and then with a value far off; no policy sees it"
	case RateLimit:
		return "lets some attempts through in every period and refuses the others, saying when to come back; retries wait that long"
	case CallerCancel:
		return "is left by its caller in the middle of an attempt; no retry, and the breaker counts nothing"
	case Panic:
		return "panics instead of answering; that is caught, and is a failure of this sensor alone"
	default:
		return ""
	}
}

// percent writes a share ("12.5 %").
func percent(share float64) string { return decimal(round6(share*100)) + " %" }

// shortDuration writes times below a second in ms, others in seconds with one
// decimal.
func shortDuration(d time.Duration) string {
	if d < time.Second {
		return decimal(round6(float64(d)/float64(time.Millisecond))) + " ms"
	}
	return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
}
