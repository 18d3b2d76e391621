package breaker

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"
)

// modelCallers is how many callers the exhaustive test lets loose: four, or what
// MODEL_CALLERS says.
func modelCallers(t *testing.T) int {
	text := os.Getenv("MODEL_CALLERS")
	if text == "" {
		return 4
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 8 {
		t.Fatalf("MODEL_CALLERS is %q: want 1 to 8", text)
	}
	return n
}

// step is one input of the exploration.
type step struct {
	kind   stepKind
	caller int
}

type stepKind uint8

const (
	stepCall stepKind = iota
	stepSuccess
	stepFailure
	stepNeutral
	stepTick
	stepForce
	stepRelease
	stepReset
	stepDisable
	stepEnable
	// These lead where a failure or a neutral result does, by another way.
	stepPanic
	stepGoexit
	stepCancel
)

func (k stepKind) String() string {
	return []string{
		"call", "success", "failure", "neutral", "tick", "ForceOpen", "ReleaseForced",
		"Reset", "Disable", "Enable", "panic", "Goexit", "cancel",
	}[k]
}

// steps lists every input that m can take, one caller standing for all its like.
func (m *tableModel) steps() []step {
	list := []step{{kind: stepTick}, {kind: stepForce}, {kind: stepRelease}, {kind: stepReset}, {kind: stepDisable}, {kind: stepEnable}}
	seen := map[string]bool{}
	for i, c := range m.callers {
		kind := m.kind(i)
		if seen[kind] {
			continue
		}
		seen[kind] = true
		if !c.running {
			list = append(list, step{stepCall, i})
			continue
		}
		endings := []stepKind{stepSuccess, stepFailure, stepNeutral}
		if !c.late && !c.lost { // else they are late results like all others
			endings = append(endings, stepPanic, stepGoexit, stepCancel)
		}
		for _, k := range endings {
			list = append(list, step{k, i})
		}
	}
	return list
}

// take applies a step to the model; admitted is of a call.
func (m *tableModel) take(s step) (admitted bool) {
	switch s.kind {
	case stepCall:
		return m.begin(s.caller)
	case stepSuccess:
		m.end(s.caller, Success)
	case stepFailure, stepPanic, stepGoexit:
		m.end(s.caller, Failure)
	case stepNeutral, stepCancel:
		m.end(s.caller, Neutral)
	case stepTick:
		m.now++
	default:
		m.input(s.kind.String())
	}
	return false
}

// modelRun is a real breaker driven by steps.
type modelRun struct {
	b       *Breaker
	now     time.Duration
	reads   int
	permits []Permit
	log     []Transition
}

func newModelRun(t *testing.T, bounds bounds) *modelRun {
	r := &modelRun{permits: make([]Permit, bounds.callers)}
	s := bounds.settings()
	s.Now = func() time.Duration { r.reads++; return r.now }
	s.OnTransition = func(tr Transition) { r.log = append(r.log, tr) }
	b, err := New(s)
	if err != nil {
		t.Fatal(err)
	}
	r.b = b
	return r
}

// take applies a step to the breaker.
func (r *modelRun) take(s step) (err error) {
	p := &r.permits[s.caller]
	switch s.kind {
	case stepCall:
		*p, err = r.b.Acquire()
	case stepSuccess:
		p.Release(Success, nil)
	case stepFailure:
		p.Release(Failure, errDown)
	case stepNeutral:
		p.Release(Neutral, nil)
	case stepPanic, stepGoexit:
		endBadly(p, s.kind)
	case stepCancel:
		p.Release(r.b.OutcomeOf(gone(), errDown), errDown)
	case stepTick:
		r.now++
	case stepForce:
		r.b.ForceOpen()
	case stepRelease:
		r.b.ReleaseForced()
	case stepReset:
		r.b.Reset()
	case stepDisable:
		r.b.Disable()
	case stepEnable:
		r.b.Enable()
	}
	if s.kind != stepCall {
		p.again(s.kind)
	}
	return err
}

// again releases a permit once more that a step has just released.
func (p *Permit) again(k stepKind) {
	if k == stepTick || k >= stepForce && k <= stepEnable {
		return
	}
	p.Release(Failure, errDown)
}

// gone is the context of a caller who has cancelled.
func gone() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

// endBadly ends a call as Do does where the function does not return.
func endBadly(p *Permit, how stepKind) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { _ = recover() }()
		defer p.guard()
		if how == stepPanic {
			panic("sensor")
		}
		runtime.Goexit()
	}()
	<-done
}

// compare holds everything that can be seen of the breaker against the model.
func (r *modelRun) compare(t *testing.T, m *tableModel, path []step) {
	t.Helper()
	s := r.b.Snapshot()
	want := m.forecast(s)
	if last := s.Last; last.Seq != s.Generation {
		t.Fatalf("after %v: the last transition is %+v of %d", path, last, s.Generation)
	}
	s.Last = Transition{}
	if !reflect.DeepEqual(s, want) {
		t.Fatalf("P=%d N=%d threshold=%d, after %v\n got %+v\nwant %+v", m.probes, m.need, m.threshold, path, s, want)
	}
	if len(r.log) != len(m.log) {
		t.Fatalf("after %v: %d transitions told, want %d", path, len(r.log), len(m.log))
	}
	for i, tr := range r.log {
		w := m.log[i]
		if tr.Seq != uint64(i+1) || tr.From != w.From || tr.To != w.To || tr.Reason != w.Reason || tr.At != w.At {
			t.Fatalf("after %v: transition %d is %+v, want %+v", path, i, tr, w)
		}
	}
}

// forecast is the whole snapshot that the model expects, Last left out. What only
// repeats the settings is taken from got.
func (m *tableModel) forecast(got Snapshot) Snapshot {
	w := Snapshot{
		At: m.now, Generation: uint64(len(m.log)),
		Circuit:          Circuit{State: stateNamed(m.state), Since: m.since, Opens: m.calls.CircuitOpenCount},
		FailureThreshold: m.threshold, SuccessesToClose: m.need, MaxProbes: m.probes, MinVolume: got.MinVolume,
		HasLast:     len(m.log) > 0,
		LastFailure: m.lastFailure, HasFailed: m.hasFailed, Metrics: m.calls,
	}
	for _, c := range m.callers {
		if c.running && !c.lost {
			w.Metrics.InFlight++
		}
	}
	switch m.state {
	case "CLOSED":
		w.Failures, w.FailuresToTrip = m.fails, m.threshold-m.fails
	case "OPEN":
		w.OpenFor, w.ProbeAt = m.delay, m.since+m.delay
		w.ProbeIn = max(0, w.ProbeAt-m.now)
		w.ProbeDue = m.now >= w.ProbeAt
	case "HALF_OPEN":
		w.Good, w.GoodToClose = m.good, m.need-m.good
		w.ProbesInFlight, w.ProbesLate = len(m.probing()), len(m.overdue())
	}
	return w
}

// TestBugD1EveryInterleavingAgreesWithTheTable explores every state that the
// callers, the clock and an operator can reach, and in each of them every input,
// with the breaker and the model in lock-step.
func TestBugD1EveryInterleavingAgreesWithTheTable(t *testing.T) {
	table, callers := documentedTable(t), modelCallers(t)
	var states, transitions atomic.Int64
	t.Run("bounds", func(t *testing.T) {
		for i := range 18 {
			b := bounds{callers, 1 + i%2, 1 + i/2%3, 1 + i/6}
			if b.probes > b.need { // one more slot than can be needed: there is less to find
				b.callers = min(callers, 3)
			}
			t.Run(fmt.Sprintf("threshold=%d,N=%d,P=%d", b.threshold, b.need, b.probes), func(t *testing.T) {
				t.Parallel()
				s, n := explore(t, b, table)
				states.Add(int64(s))
				transitions.Add(int64(n))
			})
		}
	})
	t.Logf("up to %d callers: %d states and %d transitions explored, all there are", callers, states.Load(), transitions.Load())
	if states.Load() < 1000 {
		t.Errorf("only %d states were reached", states.Load())
	}
}

// node is a state on the frontier, with the shortest way to it.
type node struct {
	m    *tableModel
	path []step
}

func explore(t *testing.T, b bounds, table []row) (states, transitions int) {
	root := newTableModel(b, table)
	seen := map[string]bool{root.key(false): true}
	frontier := []node{{m: root}}
	for len(frontier) > 0 {
		at := frontier[0]
		frontier = frontier[1:]
		for _, s := range at.m.steps() {
			transitions++
			next := node{at.m.clone(), append(slices.Clip(at.path), s)}
			built := replay(t, b, at.path)
			check(t, built, next, s)
			key := next.m.key(built.b.shut.Load() != nil)
			if !seen[key] {
				seen[key] = true
				frontier = append(frontier, next)
			}
		}
	}
	return len(seen), transitions
}

// replay builds a breaker that has gone a way that was compared before.
func replay(t *testing.T, b bounds, path []step) *modelRun {
	r := newModelRun(t, b)
	for _, s := range path {
		_ = r.take(s)
	}
	return r
}

// check takes one more step with both and compares.
func check(t *testing.T, r *modelRun, n node, s step) {
	t.Helper()
	before := n.m.state
	r.reads = 0
	admitted, err := n.m.take(s), r.take(s)
	if s.kind == stepCall {
		if admitted != (err == nil) {
			t.Fatalf("after %v: let through is %v, want %v", n.path, err == nil, admitted)
		}
		if admitted && r.permits[s.caller].Probe() != (n.m.state == "HALF_OPEN") {
			t.Fatalf("after %v: a probe is %v", n.path, !admitted)
		}
		if !admitted {
			checkRefusal(t, err, n)
			if before == "OPEN" && r.reads > 1 {
				t.Fatalf("after %v: a refusal read the clock %d times", n.path, r.reads)
			}
		}
	}
	r.compare(t, n.m, n.path)
}

func checkRefusal(t *testing.T, err error, n node) {
	t.Helper()
	want := OpenError{State: stateNamed(n.m.state), Since: n.m.since}
	if want.State == Open {
		want.RetryAt, want.RetryKnown = n.m.since+n.m.delay, true
	}
	if got, ok := err.(*OpenError); !ok || *got != want {
		t.Fatalf("after %v: refused with %+v, want %+v", n.path, err, want)
	}
}
