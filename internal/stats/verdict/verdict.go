// Package verdict judges an episode, the time from the start of an injected fault, or of
// an outage of a real endpoint, until its sensor is back: what it cost, when the breaker
// saw it, and what the policies saved. docs/verdict.md explains each figure.
//
// It keeps no list and handles one sensor: package stats feeds an [Episode] with the
// events of its sensor, and keeps the [Verdict] that it ends with. The popup that shows a
// verdict is internal/model/dialog/verdict.
package verdict

import (
	"fmt"
	"time"

	"resiltui/internal/words"
)

// Kind is what an episode is one of.
type Kind uint8

const (
	// Injected are faults that resiltui injected.
	Injected Kind = iota
	// Outage is an outage of a real endpoint that nobody injected.
	Outage
)

// String is the word of files: fault, outage.
func (k Kind) String() string {
	if k == Outage {
		return "outage"
	}
	return "fault"
}

// Verdict is the effect of the policies in one episode of injected faults or in one
// outage, in figures. docs/verdict.md defines each of them. It is never changed once it is
// known, and may be kept.
type Verdict struct {
	Kind Kind
	// Sensor indexes the run's sensors; ID and Name ("S3", "coolant") are those
	// of the sensor.
	Sensor   int
	ID, Name string
	// Labels are the faults in the order in which they began, each once; at
	// most maxLabels of them; MoreFaults is how many more.
	Labels     []string
	MoreFaults int
	// Began is the first fault's start, Ended the last one's end, Over when the
	// sensor was back. Times are within the run. Batch is the one of Over. Of an outage
	// Began is the begin of the first failed call, and Ended the middle between the begins of
	// the last failed call and of the first good one.
	Began, Ended, Over time.Duration
	Batch              int

	// Seen is true where the breaker opened the circuit by itself, SeenAfter
	// after Began; it took SeenCalls calls with SeenAttempts attempts. Where
	// Seen is false, Why is the reason.
	Seen                    bool
	SeenAfter               time.Duration
	SeenCalls, SeenAttempts int
	Why                     string

	// Attempts were sent by calls that began while a fault was active, in an outage by the
	// failed calls. Avoided
	// is what the refused ones among these calls would have sent; AvoidedAtMost
	// says that this is an upper bound.
	Attempts, Avoided int
	AvoidedAtMost     bool
	// FastFail counts the calls that the circuit refused, and FastFailWhileWell those of
	// them that began when no fault was active. In an outage
	// with Watched, FastFailWhileWell are those that got an answer; with policies in the way,
	// those after the last failed call: that many at most, because nobody asked.
	FastFail, FastFailWhileWell int
	// Served counts the substitutes, to failed calls and to refused ones, and
	// FastFailServed the latter. Oldest is the greatest age of one. Off is
	// how far one was off the hidden true signal at most, in the sensor's unit,
	// among the Judged whose truth is known.
	Served         int
	FastFailServed int
	Oldest         time.Duration
	Judged         int
	Off            float64
	// Wrong counts the live values whose truth is known and that were read
	// while a fault was active that makes values wrong; WrongOff is the most
	// that one was off.
	Wrong    int
	WrongOff float64
	// Back is the time from Ended to Over, after an outage that from the first answer.
	Back time.Duration

	// Operator is what was done by hand to the breaker or the settings in the
	// episode, in words: the first maxActs of them; MoreActs is how many more.
	Operator []string
	MoreActs int

	// The rest is of outages only.

	// Watched is true where the policies only watched: what the breaker is said to have
	// refused was made all the same.
	Watched bool
	// PlusMinus is half of the time around Ended in which nobody asked.
	PlusMinus time.Duration
	// Cause is the error of the first failed call, in words; SameCause of the Attempts failed
	// with it.
	Cause     string
	SameCause int
	// FailedAgain is true where another call failed before the breaker let all calls
	// through again, so that nobody knows how long that takes; Back is 0 then.
	FailedAgain bool
	// Overlaps are outages of other endpoints at the same time, those that overlap longest,
	// at most maxOverlaps; MoreOverlaps is how many more. They need not be the cause.
	Overlaps     []Overlap
	MoreOverlaps int
}

// Overlap is an outage of another endpoint.
type Overlap struct {
	// Sensor indexes the run's sensors; Name is what that one is called.
	Sensor int
	Name   string
	// Ended is 0 where the outage was not over when the verdict was known.
	Began, Ended, PlusMinus time.Duration
}

const (
	maxLabels   = 4
	maxActs     = 4
	maxOverlaps = 2
)

// Lasted is the time from the first fault's start to the last one's end.
func (v *Verdict) Lasted() time.Duration { return v.Ended - v.Began }

// Without is the attempts that would have been sent without the breaker; an
// upper bound where AvoidedAtMost.
func (v *Verdict) Without() int { return v.Attempts + v.Avoided }

// Faults names the faults in a few words: "crash + slow +150 ms"; an outage is "outage".
func (v *Verdict) Faults() string {
	if v.Kind == Outage {
		return v.Kind.String()
	}
	text := ""
	for i, l := range v.Labels {
		if i > 0 {
			text += " + "
		}
		text += l
	}
	if v.MoreFaults > 0 {
		text += fmt.Sprintf(" + %d more", v.MoreFaults)
	}
	return text
}

// Text is the verdict in one line: "verdict: seen after 2.2 s, 18 attempts
// instead of 42, back 2.6 s after".
func (v *Verdict) Text() string {
	if v.Kind == Outage {
		return v.outageText()
	}
	text := "verdict: not seen, "
	if v.Seen {
		text = "verdict: seen after " + words.Seconds(v.SeenAfter) + ", "
	}
	return text + v.attemptsText() + ", back " + words.Seconds(v.Back) + " after"
}

func (v *Verdict) attemptsText() string {
	text := words.Counted(v.Attempts, "attempt")
	if v.Avoided > 0 {
		text += " instead of "
		if v.AvoidedAtMost {
			text += "up to "
		}
		text += fmt.Sprint(v.Without())
	}
	return text
}
