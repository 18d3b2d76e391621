package stats

import (
	"fmt"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/words"
)

// MaxVerdicts is how many verdicts of a run are kept, the newest.
const MaxVerdicts = 32

// Verdict is what the policies made of one episode of injected faults, in
// figures. docs/verdict.md defines each of them. It is never changed once it is
// known, and may be kept.
type Verdict struct {
	// Sensor indexes the run's sensors; ID and Name ("S3 coolant") are its.
	Sensor   int
	ID, Name string
	// Labels are the faults in the order in which they began, each once; at
	// most maxLabels of them, and MoreFaults others.
	Labels     []string
	MoreFaults int
	// Began is the first fault's start, Ended the last one's end, Over when the
	// sensor was back. Times are within the run. Batch is the one of Over.
	Began, Ended, Over time.Duration
	Batch              int

	// Seen is true where the breaker opened the circuit by itself, SeenAfter
	// after Began, for which SeenCalls calls with SeenAttempts attempts were
	// sent. Why says, where it is not, why it could not be or was not.
	Seen                    bool
	SeenAfter               time.Duration
	SeenCalls, SeenAttempts int
	Why                     string

	// Attempts were sent by calls that began while a fault was active. Unsent
	// is what the refused ones among these calls would have sent; UnsentAtMost
	// says that this is an upper bound.
	Attempts, Unsent int
	UnsentAtMost     bool
	// Refused calls, and those of them that began when no fault was active.
	Refused, RefusedWell int
	// Served counts the substitutes, Oldest is the greatest age of one. Off is
	// how far one was off the hidden true signal at most, in the sensor's unit,
	// among the Judged whose truth is known.
	Served int
	Oldest time.Duration
	Judged int
	Off    float64
	// Wrong counts the live values read while a fault was active that makes
	// values wrong and whose truth is known; WrongOff is how far one was off at
	// most.
	Wrong    int
	WrongOff float64
	// Back is the time from Ended to Over.
	Back time.Duration

	// Operator is what was done by hand to the breaker or the settings in the
	// episode, in words, the first maxActs of it; MoreActs others.
	Operator []string
	MoreActs int
}

const (
	maxLabels = 4
	maxActs   = 4
)

// Lasted is the time from the first fault's start to the last one's end.
func (v *Verdict) Lasted() time.Duration { return v.Ended - v.Began }

// Without is the attempts that would have been sent without the breaker; an
// upper bound where UnsentAtMost.
func (v *Verdict) Without() int { return v.Attempts + v.Unsent }

// Faults names the faults in a few words: "crash + slow +150 ms".
func (v *Verdict) Faults() string {
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
	text := "verdict: not seen, "
	if v.Seen {
		text = "verdict: seen after " + words.Seconds(v.SeenAfter) + ", "
	}
	text += words.Counted(v.Attempts, "attempt")
	if v.Unsent > 0 {
		text += " instead of "
		if v.UnsentAtMost {
			text += "up to "
		}
		text += fmt.Sprint(v.Without())
	}
	return text + ", back " + words.Seconds(v.Back) + " after"
}

// entry is what a line is made from: a notable event, or the verdict that an
// event made known.
type entry struct {
	event   event.Event
	verdict *Verdict
}

// line puts an entry into words.
func (t *Tally) line(n *entry) sentence.Line {
	if n.verdict == nil {
		return sentence.Describe(&n.event, t.run)
	}
	v := n.verdict
	return sentence.Line{
		Seq: n.event.Seq, At: n.event.At, Batch: n.event.Batch,
		Sensor: v.Sensor, ID: v.ID, Name: v.Name, Role: sentence.RoleInfo, Text: v.Text(),
	}
}

// Episode is the verdict so far of an episode of a sensor that is under way; ok is
// false where there is none. Over and Back are 0 in it, and Why is empty.
func (t *Tally) Episode(sensor int) (v Verdict, ok bool) {
	if sensor < 0 || sensor >= len(t.sensors) || t.sensors[sensor].episode == nil {
		return Verdict{}, false
	}
	return t.sensors[sensor].episode.soFar(), true
}

// judge folds an event into the episode of its sensor, and keeps the verdict
// that it makes known.
func (t *Tally) judge(e *event.Event) {
	if e.Sensor < 0 || e.Sensor >= len(t.sensors) {
		return
	}
	s := &t.sensors[e.Sensor]
	if s.episode == nil {
		if e.Kind != event.FaultBegan {
			return
		}
		s.episode = newEpisode(e, s.circuit.State)
	}
	if !s.episode.fold(e) {
		return
	}
	named := sentence.Describe(e, t.run)
	v := s.episode.end(e)
	v.Sensor, v.ID, v.Name = e.Sensor, named.ID, named.Name
	s.episode = nil
	t.verdicts.Push(v, MaxVerdicts)
	t.lines.Push(entry{event: *e, verdict: &v}, MaxLines)
	t.lineN++
}
