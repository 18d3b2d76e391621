package house

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"testing"
)

// What follows counts the figures of a run over again, from the lines of its log and from
// docs/eventlog.md and docs/verdict.md. It shares nothing with package stats: what both
// agree on is hardly a mistake of one of them.

// logLine is what a reader of the log looks at.
type logLine struct {
	Seq    int
	At     int64 `json:"atNanoseconds"`
	Batch  int
	Sensor string
	Kind   string
	Run    *struct{ Sensors []sensorLine }
	Call   *callLine
	Change *struct{ From, To, Reason string }
	Fault  *faultLine
	Round  *roundLine
}

type sensorLine struct{ ID, State string }

type callLine struct {
	Start   int64 `json:"startNanoseconds"`
	Took    int64 `json:"tookNanoseconds"`
	Status  string
	Served  bool
	Quality string
	Value   *float64
	Source  int64 `json:"sourceNanoseconds"`
	Truth   *float64
	Outcome string

	Attempts, Unsent int
	UnsentAtMost     bool
	Waited           int64 `json:"waitedNanoseconds"`
	Tries            []struct{ Error string }
	Held             bool
	Probe, Faulted   bool
	Circuit          struct{ State string }
}

type faultLine struct {
	Label, Kind string
	Start       int64 `json:"startNanoseconds"`
	Lasted      int64 `json:"lastedNanoseconds"`
	WrongValues bool
}

type roundLine struct {
	Took           int64 `json:"tookNanoseconds"`
	NaiveTook      int64 `json:"naiveTookNanoseconds"`
	Delivered      bool
	NaiveDelivered bool
}

// recounted is a run as its log tells it.
type recounted struct {
	sensors map[string]*sensorCount
	// batches, those in which all was delivered, with policies and without, and the
	// time they took.
	batches, delivered, naive int
	took, naiveTook           int64
	verdicts                  []episodeCount // in the order in which they came
}

// sensorCount is what is counted of one sensor.
type sensorCount struct {
	statuses, qualities map[string]int // of what was served
	substitutes         int
	servedRefused, held int
	attempts, failed    int // attempts
	retries, retried    int // attempts beyond the first, and calls that needed one
	saved, unsent       int // calls, and attempts
	waited              int64
	outcomes            map[string]int
	probes              map[string]int // by outcome
	opens               int
	state               string
	since               int64
	inState             map[string]int64
	took                []int64 // of live calls
	oldest              int64
	offBy, judged       int64 // in millionths
	episode             *episodeCount
}

// episodeCount is a verdict, and what is needed to find it.
type episodeCount struct {
	sensor             string
	labels             []string
	began, ended, over int64
	active, wrong      int
	wasClosed          bool

	opened, others, seen    bool // by the breaker, by hand before it, and by the breaker of a closed circuit
	openedAt                int64
	seenCalls, seenAttempts int
	attempts, unsent        int
	atMost                  bool
	refused, refusedWell    int
	served, servedRefused   int
	oldest, off             int64
	wrongValues, wrongOff   int64
}

// recount reads a log.
func recount(t *testing.T, log []byte) *recounted {
	t.Helper()
	r := &recounted{sensors: map[string]*sensorCount{}}
	var last int64
	for text := range bytes.Lines(log) {
		if bytes.HasPrefix(text, []byte(`{"format":`)) {
			continue
		}
		var l logLine
		if err := json.Unmarshal(text, &l); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		last = l.At
		r.line(&l)
	}
	for _, s := range r.sensors {
		s.inState[s.state] += max(last-s.since, 0)
	}
	return r
}

func (r *recounted) line(l *logLine) {
	switch {
	case l.Run != nil:
		*r = recounted{sensors: map[string]*sensorCount{}}
		for _, s := range l.Run.Sensors {
			r.sensors[s.ID] = &sensorCount{
				state: s.State, since: l.At, statuses: map[string]int{}, qualities: map[string]int{},
				outcomes: map[string]int{}, probes: map[string]int{}, inState: map[string]int64{},
			}
		}
		return
	case l.Round != nil:
		r.batches++
		r.took, r.naiveTook = r.took+l.Round.Took, r.naiveTook+l.Round.NaiveTook
		if l.Round.Delivered {
			r.delivered++
		}
		if l.Round.NaiveDelivered {
			r.naive++
		}
	}
	s := r.sensors[l.Sensor]
	if s == nil {
		return
	}
	before := s.state
	switch {
	case l.Call != nil:
		s.call(l)
	case l.Change != nil:
		s.inState[s.state] += max(l.At-s.since, 0)
		s.state, s.since = l.Change.To, max(l.At, s.since)
		// A release of a circuit that was forced open is no opening.
		if (s.state == "OPEN" || s.state == "FORCED_OPEN") && l.Change.From != "FORCED_OPEN" {
			s.opens++
		}
	}
	if s.judge(l, before) {
		s.episode.over, s.episode.sensor = l.At, l.Sensor
		r.verdicts = append(r.verdicts, *s.episode)
		s.episode = nil
	}
}

// apart is how far two values are apart, in millionths.
func apart(a, b float64) int64 { return int64(math.Round(math.Abs(a-b) * 1e6)) }

func (s *sensorCount) call(l *logLine) {
	c := l.Call
	s.statuses[c.Status]++
	if c.Held {
		s.held++
	}
	s.outcomes[c.Outcome]++
	s.attempts += c.Attempts
	s.unsent += c.Unsent
	s.waited += c.Waited
	for _, try := range c.Tries {
		if try.Error != "" {
			s.failed++
		}
	}
	if c.Attempts > 1 {
		s.retries += c.Attempts - 1
		s.retried++
		if c.Status == "live" {
			s.saved++
		}
	}
	if c.Probe {
		s.probes[c.Outcome]++
	}
	if c.Status == "live" {
		s.took = append(s.took, c.Took)
	}
	if !c.Served {
		return
	}
	s.qualities[c.Quality]++
	if c.Status == "live" {
		return
	}
	s.substitutes++
	if c.Status == "fast-fail" && !c.Held {
		s.servedRefused++
	}
	s.oldest = max(s.oldest, l.At-c.Source)
	if c.Truth != nil && c.Value != nil {
		s.offBy += apart(*c.Value, *c.Truth)
		s.judged++
	}
}

// judge takes a line into the episode of the sensor, whose circuit was in the state before,
// and says whether it is over.
func (s *sensorCount) judge(l *logLine, before string) (over bool) {
	if l.Kind == "fault-began" && s.episode == nil {
		s.episode = &episodeCount{began: l.At, wasClosed: before == "CLOSED"}
	}
	p := s.episode
	if p == nil {
		return false
	}
	switch l.Kind {
	case "fault-began":
		p.active++
		if l.Fault.WrongValues {
			p.wrong++
		}
		if !slices.Contains(p.labels, l.Fault.Label) {
			p.labels = append(p.labels, l.Fault.Label)
		}
	case "fault-ended":
		p.active--
		if l.Fault.WrongValues {
			p.wrong--
		}
		p.ended = max(p.ended, min(l.Fault.Start+l.Fault.Lasted, l.At), p.began)
	case "state":
		if !p.opened && !p.others {
			switch c := l.Change; {
			case c.To == "FORCED_OPEN":
				p.others = true
			case c.To == "OPEN" && c.From != "FORCED_OPEN":
				p.opened, p.openedAt = true, l.At
			}
		}
	case "call":
		return p.call(l)
	}
	return false
}

func (p *episodeCount) call(l *logLine) (over bool) {
	c := l.Call
	if c.Start < p.began {
		return false
	}
	p.seen = p.opened && p.wasClosed
	switch {
	case c.Held:
	case c.Status == "fast-fail":
		p.refused++
		if !c.Faulted {
			p.refusedWell++
		}
	case !p.opened || c.Start <= p.openedAt:
		p.seenCalls++
		p.seenAttempts += c.Attempts
	}
	if c.Faulted {
		p.attempts += c.Attempts
		p.unsent += c.Unsent
		p.atMost = p.atMost || c.UnsentAtMost
	}
	known := c.Served && c.Truth != nil && c.Value != nil
	switch {
	case c.Served && c.Status != "live":
		p.served++
		if c.Status == "fast-fail" && !c.Held {
			p.servedRefused++
		}
		p.oldest = max(p.oldest, l.At-c.Source)
		if known {
			p.off = max(p.off, apart(*c.Value, *c.Truth))
		}
	case p.wrong > 0 && c.Faulted && known:
		p.wrongValues++
		p.wrongOff = max(p.wrongOff, apart(*c.Value, *c.Truth))
	}
	return p.active == 0 && c.Start >= p.ended && c.Status == "live" && (c.Circuit.State == "CLOSED" || c.Circuit.State == "DISABLED")
}

// percentile is the value that so many per cent do not exceed.
func percentile(values []int64, per int) int64 {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	return sorted[max((len(sorted)*per+99)/100, 1)-1]
}
