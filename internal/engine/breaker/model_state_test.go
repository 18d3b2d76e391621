package breaker

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// bounds are the settings of one exploration. Times are in units of 1 ns.
type bounds struct {
	callers   int
	threshold int
	need      int // SuccessesToClose
	probes    int // MaxProbes
}

const (
	modelDelay   = time.Duration(2) // OpenFor
	modelTimeout = time.Duration(2) // ProbeTimeout
)

func (b bounds) settings() Settings {
	return Settings{
		FailureThreshold: b.threshold, SuccessesToClose: b.need, MaxProbes: b.probes,
		OpenFor: modelDelay, ProbeTimeout: modelTimeout,
	}
}

// tableModel is the breaker as the table of the documentation has it: it knows the
// rules of counting and of admission, and asks the table for every transition. It
// holds no generations: a transition makes all running calls late.
type tableModel struct {
	bounds
	table []row

	state   string
	now     time.Duration
	since   time.Duration
	delay   time.Duration
	fails   int
	good    int
	callers []modelCaller
	calls   Metrics

	log         []Transition // From, To, Reason, At
	lastFailure time.Duration
	hasFailed   bool
}

// modelCaller is one caller, with at most one call under way.
type modelCaller struct {
	running bool
	late    bool // the state has changed since the call began
	probe   bool
	lost    bool // written off
	began   time.Duration
}

func newTableModel(b bounds, table []row) *tableModel {
	return &tableModel{bounds: b, table: table, state: "CLOSED", callers: make([]modelCaller, b.callers)}
}

func (m *tableModel) clone() *tableModel {
	c := *m
	c.callers, c.log = slices.Clone(m.callers), slices.Clip(m.log)
	return &c
}

// guards gives the words of the table their meaning. The model has no window and
// no slow calls; those rows have tests of their own.
func (m *tableModel) guard(words string) bool {
	switch words {
	case "-":
		return true
	case "failures in a row = FailureThreshold":
		return m.fails == m.threshold
	case "time since opening >= the delay":
		return m.now-m.since >= m.delay
	case "a probe is older than ProbeTimeout":
		return len(m.overdue()) > 0
	case "good probes in a row = SuccessesToClose":
		return m.good == m.need
	case "failures / calls in the window >= FailureRate",
		"slow calls / calls in the window >= SlowRate",
		"the call took longer than SlowCall":
		return false
	}
	panic("the table has a guard that the model does not know: " + words)
}

// input makes the transition that the table has for it, if any.
func (m *tableModel) input(name string) {
	for _, r := range m.table {
		isResult := name == "success" || name == "failure" || name == "neutral"
		if r.from != m.state || r.input != name && !(isResult && r.input == "result") || !m.guard(r.guard) {
			continue
		}
		m.enter(r)
		return
	}
}

func (m *tableModel) enter(r row) {
	if r.reason == "probe timed out" {
		for _, i := range m.overdue() {
			m.callers[i].lost = true
			m.calls.ProbeFailCount++
			m.failed()
		}
	}
	if r.to == "FORCED_OPEN" || r.to == "OPEN" && r.from != "FORCED_OPEN" {
		m.calls.CircuitOpenCount++
	}
	m.log = append(m.log, Transition{At: m.now, From: stateNamed(r.from), To: stateNamed(r.to), Reason: reasonNamed(r.reason)})
	m.state, m.since, m.delay, m.fails, m.good = r.to, m.now, 0, 0, 0
	if r.to == "OPEN" && r.reason != "force released" {
		m.delay = modelDelay
	}
	for i := range m.callers {
		m.callers[i].late = m.callers[i].running
	}
}

func (m *tableModel) failed() {
	m.calls.FailureCalls++
	m.lastFailure, m.hasFailed = m.now, true
}

// probing returns the callers whose probes take part in this half-open phase.
func (m *tableModel) probing() []int {
	var list []int
	for i, c := range m.callers {
		if c.running && c.probe && !c.late && !c.lost {
			list = append(list, i)
		}
	}
	return list
}

func (m *tableModel) overdue() []int {
	return slices.DeleteFunc(m.probing(), func(i int) bool { return m.now-m.callers[i].began <= modelTimeout })
}

// begin is a call that comes; it tells whether it is let through.
func (m *tableModel) begin(i int) bool {
	m.calls.TotalCalls++
	m.input("call")
	admitted := m.state == "CLOSED" || m.state == "DISABLED"
	if n := len(m.probing()); m.state == "HALF_OPEN" {
		admitted = n < m.probes && m.good+n < m.need
	}
	if !admitted {
		m.calls.FastFailCount++
		return false
	}
	m.callers[i] = modelCaller{running: true, probe: m.state == "HALF_OPEN", began: m.now}
	return true
}

// end is the result of a call.
func (m *tableModel) end(i int, o Outcome) {
	if c := m.callers[i]; c.probe && !c.late && len(m.overdue()) > 0 {
		m.input(o.String())
	}
	c := m.callers[i]
	m.callers[i] = modelCaller{}
	if c.lost {
		return
	}
	switch o {
	case Success:
		m.calls.SuccessCalls++
	case Failure:
		m.failed()
	case Neutral:
		m.calls.IgnoredCalls++
	}
	if c.late {
		return
	}
	switch {
	case m.state == "CLOSED" && o == Success:
		m.fails = 0
	case m.state == "CLOSED" && o == Failure:
		m.fails++
	case m.state == "HALF_OPEN" && o == Success:
		m.good++
		m.calls.ProbeSuccessCount++
	case m.state == "HALF_OPEN" && o == Failure:
		m.calls.ProbeFailCount++
	}
	m.input(o.String())
}

// key is all that the future depends on. Callers are alike, so they are sorted;
// ages beyond the last that matters are one.
func (m *tableModel) key(published bool) string {
	callers := make([]string, len(m.callers))
	for i := range m.callers {
		callers[i] = m.kind(i)
	}
	slices.Sort(callers)
	age := time.Duration(0)
	if m.state == "OPEN" {
		age = min(m.now-m.since, modelDelay+1)
	}
	return fmt.Sprint(m.state, age, m.delay, m.fails, m.good, published, strings.Join(callers, ""))
}

// kind is one caller's part of the key.
func (m *tableModel) kind(i int) string {
	c := m.callers[i]
	switch {
	case !c.running:
		return "i"
	case c.lost:
		return "x"
	case c.late && c.probe:
		return "q"
	case c.late:
		return "l"
	case c.probe:
		return fmt.Sprint("p", min(m.now-c.began, modelTimeout+1))
	}
	return "c"
}

func stateNamed(name string) State {
	for s := Closed; s <= Disabled; s++ {
		if s.String() == name {
			return s
		}
	}
	panic("no state " + name)
}

func reasonNamed(words string) Reason {
	for r := TooManyFailures; r <= TooManySlow; r++ {
		if r.String() == words {
			return r
		}
	}
	panic("no reason " + words)
}
