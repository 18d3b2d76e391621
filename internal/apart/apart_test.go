package apart

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"resiltui/internal/sensors"
)

// TestMain is a worker where the pool asks for one.
func TestMain(m *testing.M) {
	if Asked() {
		if err := Serve(os.Stdin, os.Stdout, does); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

// does are the jobs that a worker can be given here.
func does(kind string, job []byte) []byte {
	switch kind {
	case "who":
		return fmt.Append(nil, os.Getpid())
	case "environment":
		return fmt.Append(nil, os.Environ())
	case "hang":
		select {}
	case "spin":
		for i := 0; ; i++ { //nolint:staticcheck // nothing in it ends it
		}
	case "memory":
		make(chan []byte) <- make([]byte, 8*MaxMemory) // kept for ever: nobody receives
	case "stack":
		return fmt.Append(nil, deep(0))
	case "long":
		return make([]byte, MaxAnswer+1)
	}
	return append([]byte(kind+": "), job...)
}

func deep(n int) int {
	if n < 0 {
		return 0
	}
	return deep(n+1) + deep(n+2)
}

// pool is a pool for a test.
func pool(t *testing.T) *Pool {
	t.Helper()
	p := New()
	t.Cleanup(p.Close)
	return p
}

func TestAWorkerAnswersWhatItWasAsked(t *testing.T) {
	p := pool(t)
	for _, job := range []string{"", "one", "with \x00 in it", strings.Repeat("long ", 1<<10)} {
		got, err := p.Of("echo")(context.Background(), []byte(job))
		if want := "echo: " + job; err != nil || string(got) != want {
			t.Errorf("%.20q: %.40q, %v", job, got, err)
		}
	}
}

func TestAJobThatAsksForTooMuchIsLostAndTheNextOneIsDone(t *testing.T) {
	p := pool(t)
	for _, c := range []struct {
		kind string
		want error
	}{
		{"hang", sensors.ErrTooSlow}, {"spin", sensors.ErrTooSlow}, {"memory", nil}, {"stack", nil}, {"long", sensors.ErrLost},
	} {
		_, err := p.Of(c.kind)(context.Background(), nil)
		// On a slow machine time may be up before memory is.
		if !errors.Is(err, sensors.ErrTooSlow) && !errors.Is(err, sensors.ErrLost) || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.kind, err)
		}
		if got, err := p.Of("echo")(context.Background(), []byte("x")); string(got) != "echo: x" || err != nil {
			t.Fatalf("after %s: %q, %v", c.kind, got, err)
		}
	}
}

func TestAWorkerEndsItselfWhereNobodyDoes(t *testing.T) {
	for kind, status := range map[string][]int{
		// The others are of the runtime and of the race detector, where the system
		// refuses memory.
		"memory": {exitMemory, 2, 66},
		"hang":   {exitTime}, "spin": {exitTime},
	} {
		w, err := newWorker(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if said, err := readFrame(w.out, MaxAnswer); err != nil || string(said) != greeting {
			t.Fatalf("%q, %v", said, err)
		}
		if err := writeFrame(w.in, []byte(kind), []byte{0}); err != nil {
			t.Fatal(err)
		}
		_ = w.cmd.Wait()
		if got := w.cmd.ProcessState.ExitCode(); !slices.Contains(status, got) {
			t.Errorf("%s: exit status %d, not of %d", kind, got, status)
		}
	}
}

func TestAWorkerIsUsedAgain(t *testing.T) {
	p := pool(t)
	used := map[string]bool{}
	for range 10 * size {
		pid, err := p.Of("who")(context.Background(), nil)
		if err != nil {
			t.Fatal(err)
		}
		used[string(pid)] = true
	}
	if len(used) > size {
		t.Errorf("%d workers for %d places", len(used), size)
	}
}

func TestTheEndOfTheContextEndsAJob(t *testing.T) {
	p := pool(t)
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(10*time.Millisecond, cancel)
	if _, err := p.Of("hang")(ctx, nil); !errors.Is(err, context.Canceled) && !errors.Is(err, sensors.ErrTooSlow) {
		t.Errorf("it says %v", err)
	}
	if _, err := p.Of("echo")(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("afterwards it says %v", err)
	}
}

func TestAWorkerBeginsAlsoWhereEachAttemptIsTooShortForIt(t *testing.T) {
	p := pool(t)
	for deadline := time.Now().Add(30 * time.Second); ; {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
		_, err := p.Of("echo")(ctx, nil)
		cancel()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

func TestAWorkerKnowsTheTimeZoneAndNothingElseOfTheEnvironment(t *testing.T) {
	t.Setenv("TZ", "Asia/Kolkata")
	t.Setenv("ZONEINFO", "")
	t.Setenv("RESILTUI_TEST_SECRET", "a token")
	got, err := pool(t).Of("environment")(context.Background(), nil)
	if err != nil || !strings.Contains(string(got), "TZ=Asia/Kolkata") || !strings.Contains(string(got), "ZONEINFO=") {
		t.Errorf("it knows %s, %v", got, err)
	}
	if strings.Contains(string(got), "RESILTUI_TEST_SECRET") {
		t.Errorf("it knows %s", got)
	}
}

func TestJobsAtTheSameTimeAreAllDone(t *testing.T) {
	p := pool(t)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			job := fmt.Append(nil, i)
			if got, err := p.Of("echo")(context.Background(), job); string(got) != "echo: "+string(job) || err != nil {
				t.Errorf("%d: %q, %v", i, got, err)
			}
		})
	}
	all.Wait()
}

func TestAClosedPoolDoesNoJobs(t *testing.T) {
	p := New()
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			if _, err := p.Of("hang")(context.Background(), nil); err == nil {
				t.Error("it has hung to a good end")
			}
		})
	}
	p.Close()
	all.Wait()
	if _, err := p.Of("echo")(context.Background(), nil); err == nil {
		t.Error("a job is done after the end")
	}
}

func TestAVariableOfTheUserMakesNoWorker(t *testing.T) {
	t.Setenv(workerVariable, "1")
	if Asked() {
		t.Errorf("the program %s takes itself for a worker", os.Args[0])
	}
}
