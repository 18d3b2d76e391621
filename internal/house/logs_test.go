package house

import (
	"bufio"
	"bytes"
	"fmt"
	"slices"
	"testing"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/scenario"
)

// seeds is how many seeds each scenario is run with, from 1.
const seeds = 20

// variant is a way to run a scenario.
type variant struct {
	name    string
	batches int // 0 is what the scenario's report has
	callers int
	naive   bool // with the naive pipeline, also where the scenario has none
	set     []string
	faults  func(s *scenario.Scenario) []string // as --fault takes them
	script  []engine.Scripted                   // beside the faults
}

func variants() []variant {
	return []variant{
		{name: "plain"},
		{name: "faults", batches: 50, faults: everyFault},
		{
			name: "busy", batches: 40, callers: 3, naive: true, faults: everyFault, script: hands(),
			set: []string{
				"policy.retry.attempts=4", "policy.retry.jitter=decorrelated", "policy.retry.maxDelay=400ms",
				"policy.retry.budgetTokens=8", "policy.retry.budgetRatio=0.5",
				"policy.breaker.off=false", "policy.breaker.failureRate=0.5", "policy.breaker.windowCalls=12", "policy.breaker.minVolume=6",
				"policy.breaker.slowCall=120ms", "policy.breaker.slowRate=0.6",
				"policy.breaker.openGrowth=2", "policy.breaker.openMax=8s", "policy.breaker.openJitter=0.2",
				"policy.breaker.probes=2", "policy.fallback.maxAge=5s",
			},
		},
	}
}

// everyFault has each kind of fault once or more, dealt out to the sensors in turn,
// some of them at the same time.
func everyFault(s *scenario.Scenario) (faults []string) {
	for i, f := range []string{
		"crash@2-6", "black-hole@3-5", "slow@4-9", "errors@5-12", "flap@6-20", "corrupt@8-13", "stuck@10-15", "jitter@11-18",
		"burst@12-24", "fail-first@14", "brownout@15-25", "drift@16-28", "spike@18-30", "rate-limit@20-32", "cancel@22-33", "panic@24-35",
		"crash@30-34", "slow@36", "errors@37-40",
	} {
		faults = append(faults, s.Sensors[i%len(s.Sensors)].Info.ID+":"+f)
	}
	return faults
}

// hands are commands that --fault has no words for.
func hands() []engine.Scripted {
	at := func(batch int, op event.Op, sensors ...int) engine.Scripted {
		return engine.Scripted{Batch: batch, Command: event.Command{Op: op, Sensors: sensors, By: "the script"}}
	}
	return []engine.Scripted{
		at(7, event.ToggleForced, 1), at(11, event.ToggleForced, 1), at(17, event.ResetBreaker, 2),
		at(26, event.Recover, 0), at(34, event.Recover), at(38, event.ResetBreaker),
	}
}

// The bytes that --log-file writes are the whole run: what decides in it, in which
// order, and by which draw. Who wants to change none of that changes no line here.
func TestTheRunsOfAllScenariosAreTheSameToTheByte(t *testing.T) {
	var lines []string
	for _, name := range scenario.Names() {
		for _, v := range variants() {
			for seed := uint64(1); seed <= seeds; seed++ {
				key := fmt.Sprintf("%s/%s/%d", name, v.name, seed)
				lines = append(lines, lineOf(key, v.logOf(t, name, seed)))
			}
		}
	}
	compare(t, "testdata/logs.sha256", lines)
}

func TestTheVariantsAreAsBusyAsTheySay(t *testing.T) {
	var all []byte
	for _, name := range scenario.Names() {
		s, err := scenario.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range variants()[1:] {
			log := v.logOf(t, name, 1)
			if began, want := bytes.Count(log, []byte(`"kind":"fault-began"`)), len(everyFault(&s)); began != want {
				t.Errorf("%s, %s: %d faults began, want %d", name, v.name, began, want)
			}
			if bytes.Equal(log, v.logOf(t, name, 2)) {
				t.Errorf("%s, %s: the seed makes no difference", name, v.name)
			}
			all = append(all, log...)
		}
	}
	for _, word := range []string{
		`"reason":"too many failures"`, `"reason":"failure rate too high"`, `"reason":"too many slow calls"`, `"reason":"forced open"`,
		`"reason":"force released"`, `"reason":"reset"`, `"reason":"probe due"`, `"reason":"probe failed"`, `"reason":"probes succeeded"`,
		`"inFlight":3`, `"naive":true`,
	} {
		if !bytes.Contains(all, []byte(word)) {
			t.Errorf("no run has %s in its log", word)
		}
	}
}

// logOf runs a scenario in virtual time, unpaced, and returns its event log.
func (v variant) logOf(t *testing.T, name string, seed uint64) []byte {
	t.Helper()
	s, err := scenario.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return v.play(t, s, seed)
}

// play runs the scenario, has its events observed, and returns their log.
func (v variant) play(t *testing.T, s scenario.Scenario, seed uint64, observers ...event.Observer) []byte {
	t.Helper()
	var err error
	for _, assignment := range v.set {
		if err == nil {
			err = s.Set(assignment)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	batches, script := s.Batches, v.script
	if v.batches > 0 {
		batches = v.batches
	}
	if v.faults != nil {
		faults, err := s.FaultScript(v.faults(&s), batches)
		if err != nil {
			t.Fatal(err)
		}
		script = slices.Concat(faults, script)
		slices.SortStableFunc(script, func(a, b engine.Scripted) int { return a.Batch - b.Batch })
	}
	backlog := event.NewBacklog()
	hub := event.NewHub(append(observers, backlog)...)
	config := s.Config(seed)
	config.Batches, config.Callers, config.Script = batches, v.callers, script
	config.Compare = config.Compare || v.naive
	if err := engine.Play(t.Context(), hub, config); err != nil {
		t.Fatal(err)
	}
	log := written(t, backlog)
	for _, word := range []string{`"kind":"gap"`, `"unwritable"`} {
		if bytes.Contains(log, []byte(word)) {
			t.Fatalf("%s, %s, seed %d: %s in the log", s.Name, v.name, seed, word)
		}
	}
	return log
}

// written is the log of all that a backlog holds.
func written(t *testing.T, backlog *event.Backlog) []byte {
	t.Helper()
	var log bytes.Buffer
	over := make(chan struct{})
	close(over) // the run is: all of it is written at once
	if err := new(event.Log).Follow(over, backlog, bufio.NewWriter(&log)); err != nil {
		t.Fatal(err)
	}
	return log.Bytes()
}
