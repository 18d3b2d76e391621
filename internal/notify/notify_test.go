//go:build unix

package notify

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/sensors"
)

// patience is how long a test waits for what should come soon.
const patience = 30 * time.Second

// started is the start of a run with sensors S0 and S1.
func started() *event.Event {
	run := &event.Run{Sensors: []event.Sensor{{Info: sensors.Info{ID: "S0"}}, {Info: sensors.Info{ID: "S1"}}}}
	return &event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: run}
}

// rig is a notifier that runs.
type rig struct {
	*Notifier
	t      *testing.T
	cancel context.CancelFunc
	over   chan struct{}
	lines  chan string
}

func running(t *testing.T, opts Options) *rig {
	t.Helper()
	r := &rig{t: t, over: make(chan struct{}), lines: make(chan string, 100)}
	opts.Report = func(line string) { r.lines <- line }
	r.Notifier = New(opts)
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel = cancel
	go func() {
		defer close(r.over)
		r.Run(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-r.over
	})
	r.Observe(started())
	return r
}

// end closes the notifier and waits for what is queued.
func (r *rig) end() {
	r.t.Helper()
	r.Close()
	select {
	case <-r.over:
	case <-time.After(patience):
		r.t.Fatal("the notifier does not end")
	}
}

func (r *rig) line() string {
	r.t.Helper()
	select {
	case line := <-r.lines:
		return line
	case <-time.After(patience):
		r.t.Fatal("nothing was reported")
		return ""
	}
}

func TestTheCommandLearnsWhatHasChanged(t *testing.T) {
	name := filepath.Join(t.TempDir(), "said")
	r := running(t, Options{Command: `echo "$RESILTUI_SENSOR|$RESILTUI_FROM|$RESILTUI_TO|$RESILTUI_REASON" >> '` + name + "'"})
	r.Observe(opened(0))
	r.Observe(&event.Event{Kind: event.BatchStarted, Sensor: event.NoSensor}) // nothing to tell
	r.Observe(&event.Event{Kind: event.StateChanged, Sensor: 1, Change: &event.Change{From: breaker.Closed, To: breaker.Closed}})
	r.Observe(opened(1))
	r.end()
	const reason = "|CLOSED|OPEN|5 failures in a row (connection refused)\n"
	if got, _ := os.ReadFile(name); string(got) != "S0"+reason+"S1"+reason {
		t.Errorf("it learnt %q", got)
	}
	if n, last := r.Failures(); n != 0 {
		t.Errorf("%d failures: %s", n, last)
	}
}

func TestTheCommandLearnsOfTheHealthOfAnEndpoint(t *testing.T) {
	name := filepath.Join(t.TempDir(), "said")
	r := running(t, Options{Command: `echo "$RESILTUI_KIND|$RESILTUI_SENSOR|$RESILTUI_FROM|$RESILTUI_TO|$RESILTUI_REASON|$RESILTUI_AT" >> '` + name + "'"})
	run := started().Run
	run.Start, run.Beside = time.Date(2026, time.November, 26, 3, 0, 0, 0, time.UTC), true
	run.Thresholds = health.Thresholds{}.Resolved()
	r.Observe(&event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: run})
	at := func(minutes time.Duration, c health.Change) {
		r.Observe(&event.Event{Kind: event.HealthChanged, Sensor: 1, At: minutes * time.Minute, Health: &c})
	}
	at(0, health.Change{To: health.Up}) // is expected
	at(2, health.Change{From: health.Up, To: health.Down, Since: time.Minute, Cause: "503 Service Unavailable"})
	at(3, health.Change{From: health.Down, To: health.Up, Since: 150 * time.Second, Began: time.Minute})
	at(4, health.Change{From: health.Up, To: health.Slow, Since: 230 * time.Second, Calls: 5})
	at(5, health.Change{From: health.Slow, To: health.Up, Since: 280 * time.Second, Calls: 5})
	r.Observe(opened(0))
	r.end()
	const want = "outage|S1|UP|DOWN|down since 03:01:00: 503 Service Unavailable|2026-11-26T03:02:00Z\n" +
		"recovery|S1|DOWN|UP|up, was down 1 min 30 s|2026-11-26T03:03:00Z\n" +
		"slow|S1|UP|SLOW|slow since 03:03:50: 5 answers in a row over 1,000 ms|2026-11-26T03:04:00Z\n" +
		"recovery|S1|SLOW|UP|up: 5 answers in a row within 1,000 ms|2026-11-26T03:05:00Z\n" +
		"breaker|S0|CLOSED|OPEN|5 failures in a row (connection refused)|2026-11-26T03:00:00Z\n"
	if got, _ := os.ReadFile(name); string(got) != want {
		t.Errorf("it learnt\n%swant\n%s", got, want)
	}
}

func TestWhatStandsInAReasonIsNeverRun(t *testing.T) {
	name := filepath.Join(t.TempDir(), "owned")
	r := running(t, Options{Command: `echo $RESILTUI_REASON`})
	e := opened(0)
	e.Change.Cause = "$(touch " + name + ")`touch " + name + "`; touch " + name
	r.Observe(e)
	r.end()
	if _, err := os.Stat(name); err == nil {
		t.Error("a part of the reason was run")
	}
}

func TestACommandThatFailsIsReported(t *testing.T) {
	for _, c := range []struct{ command, want string }{
		{"exit 3", "on-change S0: exit status 3"},
		{"printf 'no \\033[31mbell\\n second' >&2; exit 1", "on-change S0: exit status 1: no bell"},
		{"no-such-program-anywhere 2>/dev/null", "on-change S0: exit status 127"},
	} {
		r := running(t, Options{Command: c.command})
		r.Observe(opened(0))
		if got := r.line(); got != c.want {
			t.Errorf("%s: %q, not %q", c.command, got, c.want)
		}
		r.end()
		if n, last := r.Failures(); n != 1 || last != c.want {
			t.Errorf("%s: %d failures, the last %q", c.command, n, last)
		}
	}
}

func TestACommandThatHangsIsKilledWithWhatItStarted(t *testing.T) {
	name := filepath.Join(t.TempDir(), "pid")
	r := running(t, Options{Command: "sleep 1000 & echo $! > " + name + "; wait", Limit: time.Second})
	r.Observe(opened(0))
	if got := r.line(); got != "on-change S0: the command was killed after 1s" {
		t.Errorf("it says %q", got)
	}
	r.end()
	awaitDeath(t, name)
}

// awaitDeath waits until the processes whose numbers are in a file are dead.
func awaitDeath(t *testing.T, name string) {
	t.Helper()
	text, _ := os.ReadFile(name)
	pids := strings.Fields(string(text))
	if len(pids) == 0 {
		t.Fatal("no process was begun")
	}
	for _, number := range pids {
		pid, err := strconv.Atoi(number)
		if err != nil {
			t.Fatal(err)
		}
		for deadline := time.Now().Add(patience); alive(pid); {
			if time.Now().After(deadline) {
				t.Fatalf("process %d is still alive", pid)
			}
		}
	}
}

func TestWhenTheProgramIsKilledItsCommandDiesWithAllThatItStarted(t *testing.T) {
	name := filepath.Join(t.TempDir(), "pids")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := exec.Command(self)
	p.Env = append(os.Environ(), asNotifier+"=trap '' HUP; sleep 1000 & echo $! $$ > "+name+".new; mv "+name+".new "+name+"; wait")
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(patience); ; {
		if _, err := os.Stat(name); err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the command was not begun")
		}
	}
	_ = p.Process.Kill()
	_ = p.Wait()
	awaitDeath(t, name)
}

// alive says whether a process runs; one that is dead and waits to be collected
// does not.
func alive(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return false
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || !strings.Contains(string(stat), ") Z ")
}

func TestTheEndKillsTheCommandAndReportsNothing(t *testing.T) {
	name := filepath.Join(t.TempDir(), "begun")
	r := running(t, Options{Command: "touch " + name + "; sleep 1000"})
	r.Observe(opened(0))
	for deadline := time.Now().Add(patience); ; {
		if _, err := os.Stat(name); err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the command was not begun")
		}
	}
	r.cancel()
	select {
	case <-r.over:
	case <-time.After(patience):
		t.Fatal("the end waits for the command")
	}
	if n, last := r.Failures(); n != 0 {
		t.Errorf("%d failures: %s", n, last)
	}
}

func TestACommandThatHangsIsNeverInTheWay(t *testing.T) {
	n := New(Options{Command: "true"}) // nothing runs: the worst of hanging
	hub := event.NewHub(n)
	hub.Publish(*started())
	for range QueueSize + 7 {
		hub.Publish(*opened(0)) // returns
	}
	if len(n.queue) != QueueSize || n.left != 7 {
		t.Errorf("%d changes wait and %d are left out, not %d and 7", len(n.queue), n.left, QueueSize)
	}
	n.Close()
	hub.Publish(*opened(0)) // after the end, still nothing happens
	var lines []string
	n.opts.Report = func(line string) { lines = append(lines, line) }
	n.Run(context.Background())
	if len(lines) != 1 || !strings.Contains(lines[0], "7 changes left out") {
		t.Errorf("it reports %q", lines)
	}
}

func TestNoCommandWaitsForWhoeverIsToldOfTheLastOne(t *testing.T) {
	name := filepath.Join(t.TempDir(), "said")
	reads := make(chan struct{})
	var told []string
	n := New(Options{Command: "echo $RESILTUI_SENSOR >> '" + name + "'; exit 1", Report: func(line string) {
		<-reads
		told = append(told, line)
	}})
	n.Observe(started())
	over := make(chan struct{})
	go func() {
		defer close(over)
		n.Run(context.Background())
	}()
	const many = QueueSize + 5
	for k := range many {
		n.Observe(opened(k % 2))
		for deadline := time.Now().Add(patience); ; {
			if said, _ := os.ReadFile(name); strings.Count(string(said), "\n") > k {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("after %d commands there are no more", k)
			}
		}
	}
	n.Close()
	for deadline := time.Now().Add(patience); ; {
		if failures, _ := n.Failures(); failures == many {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("not all of %d failures are counted", many)
		}
	}
	close(reads)
	<-over
	if len(told) < QueueSize || len(told) > QueueSize+1 { // one may have been under way
		t.Errorf("%d lines are told, not the first and the last %d", len(told), QueueSize)
	}
}

func TestWhatACommandLeavesRunningHoldsNobodyUp(t *testing.T) {
	name := filepath.Join(t.TempDir(), "pid")
	r := running(t, Options{Command: "sleep 5 & echo $! > " + name + "; exit 0"})
	r.Observe(opened(0))
	r.end()
	if n, last := r.Failures(); n != 0 {
		t.Errorf("%d failures: %s", n, last)
	}
	text, _ := os.ReadFile(name)
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || !alive(pid) {
		t.Errorf("what was left running on purpose is gone (%v)", err)
	}
	_ = syscall.Kill(pid, syscall.SIGKILL)
}

func TestTheBellRingsOnceForChangesThatComeTogether(t *testing.T) {
	var mu sync.Mutex
	rung := 0
	ring := make(chan struct{})
	r := running(t, Options{Bell: func() {
		<-ring
		mu.Lock()
		rung++
		mu.Unlock()
	}})
	for range 10 {
		r.Observe(opened(0))
	}
	r.Observe(&event.Event{Kind: event.CallEnded}) // nothing to ring for
	ring <- struct{}{}
	close(ring) // one may have been taken before the others came
	r.cancel()
	<-r.over
	mu.Lock()
	defer mu.Unlock()
	if rung < 1 || rung > 2 {
		t.Errorf("it rang %d times", rung)
	}
}

func TestANotifierWithNothingToDoIsIdle(t *testing.T) {
	for _, c := range []struct {
		opts Options
		want bool
	}{
		{Options{}, true}, {Options{Command: "true"}, false}, {Options{Bell: func() {}}, false},
	} {
		if got := New(c.opts).Idle(); got != c.want {
			t.Errorf("%+v: idle %v", c.opts, got)
		}
	}
}
