package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"resiltui/internal/scenario"
)

// aRun is the flags of a run drawn at random, as a person may write them.
func aRun(r *rand.Rand, dir string) []string {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	name := pick("pipeline", "pipeline", "retry", "breaker", "strategies")
	batches := 1 + r.IntN(40)
	args := []string{name, "--batches", strconv.Itoa(batches)}
	if r.IntN(2) == 0 {
		args = append(args, "--seed", strconv.Itoa(r.IntN(1000)))
	}
	set := map[string][]string{
		"pipeline":   {"threshold=4", "sensors.S1.policy.retry.attempts=1", "S1.fail=0.9", "policy.breaker.failureRate=0.5"},
		"retry":      {"attempts=2", "sensors.queryDatabase.fail=0.9"},
		"breaker":    {"policy.breaker.openFor=2s", "sensors.N=1 lucky.fail=0.5", "sensors.N=2.fail=0.2"},
		"strategies": {"sensors.S0 last good.fail=0.5", "attempts=2"},
	}[name]
	file := filepath.Join(dir, "it's plant.settings")
	set = append(set, "interval=300ms", "@"+file)
	for range r.IntN(3) {
		args = append(args, "--set", pick(set...))
	}
	switch r.IntN(4) {
	case 0:
		args = append(args, "--interval", pick("50ms", "333ms", "1s"))
	case 1:
		args = append(args, "--rate", pick("3", "7.5", "40"))
	}
	if r.IntN(4) == 0 {
		args = append(args, "--concurrency", strconv.Itoa(1+r.IntN(4)))
	}
	if r.IntN(2) == 0 {
		sensor := map[string]string{"pipeline": "S3", "retry": "queryDatabase", "breaker": "N=1 lucky", "strategies": "S0 drop"}[name]
		from := 1 + r.IntN(batches)
		fault := fmt.Sprintf("%s:%s@%d", sensor, pick("crash", "drift", "slow"), from)
		if r.IntN(2) == 0 {
			fault += fmt.Sprintf("-%d", from+r.IntN(20))
		}
		args = append(args, "--fault", fault)
	}
	return args
}

// printed finds a command in a summary, without the name of the program: the
// words as a shell takes them apart.
func printed(summary, key string) (args []string, ok bool) {
	line := regexp.MustCompile(`(?m)(?:^|    )` + key + `: resiltui (.*?)(?:    |$)`).FindStringSubmatch(summary)
	if line == nil {
		return nil, false
	}
	return shellWords(line[1]), true
}

// shellWords takes a line apart at its blanks; what is in quotes is one word.
func shellWords(line string) []string {
	var words []string
	var word strings.Builder
	quoted := false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\'':
			quoted = !quoted
		case c == '\\' && !quoted:
			i++
			word.WriteByte(line[i])
		case c == ' ' && !quoted:
			words = append(words, word.String())
			word.Reset()
		default:
			word.WriteByte(c)
		}
	}
	return append(words, word.String())
}

// logged runs a command without a screen and returns its summary and its log.
func logged(t *testing.T, args []string) (out, log string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "log")
	status, out, errs := called(append(args, "--plain", "--speed", "64", "--log-file", file)...)
	text, err := os.ReadFile(file)
	if status != exitOK || errs != "" || err != nil {
		t.Fatalf("%q: status %d, %q, %v", args, status, errs, err)
	}
	return out, string(text)
}

// statuses are what became of the calls of a log, as a report counts them.
func statuses(t *testing.T, log string) (batches, attempts int, of map[string][]string) {
	t.Helper()
	of = map[string][]string{}
	for line := range strings.Lines(log) {
		var e struct {
			Kind, Sensor string
			Batch        int
			Call         struct {
				Status   string
				Attempts int
			}
		}
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		if e.Kind == "call" {
			of[e.Sensor] = append(of[e.Sensor], e.Call.Status)
			attempts += e.Call.Attempts
		}
		batches = max(batches, e.Batch)
	}
	return batches, attempts, of
}

// repeats compares a report with the log of the run that it is said to repeat.
func repeats(t *testing.T, name string, args []string, log string) {
	t.Helper()
	status, out, errs := called(append(args, "--format", "json")...)
	if status != exitOK || errs != "" {
		t.Fatalf("%q: status %d, %q", args, status, errs)
	}
	var doc struct {
		Batches []struct {
			Sensors []struct{ ID, Status string }
		}
		Functions  []struct{ TotalAttempts, TotalCalls int }
		Runs       []struct{ Calls int }
		Strategies []struct{ Batches []struct{ Live int } }
	}
	if err := json.Unmarshal([]byte(out), &doc); err != nil {
		t.Fatal(err)
	}
	batches, attempts, of := statuses(t, log)
	same := true
	switch name {
	case "pipeline":
		same = len(doc.Batches) == batches
		for b := range doc.Batches {
			for _, s := range doc.Batches[b].Sensors {
				same = same && b < len(of[s.ID]) && of[s.ID][b] == s.Status
			}
		}
	case "retry":
		sum := 0
		for _, f := range doc.Functions {
			sum += f.TotalAttempts
			same = same && f.TotalCalls == batches
		}
		same = same && sum == attempts
	case "breaker":
		for _, r := range doc.Runs {
			same = same && r.Calls == batches
		}
	case "strategies":
		sum, live := 0, 0
		for _, s := range doc.Strategies {
			same = same && len(s.Batches) == batches
			for _, b := range s.Batches {
				sum += b.Live
			}
		}
		for _, list := range of {
			for _, status := range list {
				if status == "live" {
					live++
				}
			}
		}
		same = same && sum == live
	}
	if !same {
		t.Errorf("%q reports another run", args)
	}
}

func TestTheCommandsThatASummaryPrintsRunAndRepeatTheRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "it's plant.settings"), []byte("# a plant\ninterval = 400ms\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	// Every run is compared with 200 others, so more of them would take minutes, and many
	// gigabytes under the race detector. At full length they are others than in short.
	const tries = 12
	first := tries
	if testing.Short() {
		first = 0
	}
	for i := first; i < first+tries; i++ {
		args := aRun(rand.New(rand.NewPCG(uint64(i), 16)), dir)
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			t.Parallel()
			out, log := logged(t, args)
			again, ok := printed(out, "again")
			if !ok {
				t.Fatalf("%q says no command that repeats it:\n%s", args, out)
			}
			if _, twice := logged(t, again); twice != log {
				t.Errorf("%q is to be repeated with %q, which is another run", args, again)
			}
			if report, ok := printed(out, "as a report"); ok {
				repeats(t, args[0], report, log)
			}
		})
	}
}

func TestTheReportOfARunWithoutEndHoldsItsFaults(t *testing.T) {
	for _, c := range []struct {
		fault string
		want  string // its number of batches; none is as many as it has by itself
	}{
		{"S3:drift@50-80", " --batches 110"},
		{"S3:drift@50", " --batches 80"},
		{"S3:crash@5-15", ""},
		{"S3:crash@30", ""},
		{"S3:crash@20-40", " --batches 70"},
	} {
		o, cmd := parsed(t, "--fault", c.fault)
		sc := scenario.Pipeline()
		hints := o.again(cmd, &sc)(7)
		if want := "resiltui report pipeline --seed 7" + c.want + " --fault " + c.fault; len(hints) != 2 || hints[1].Word != want {
			t.Fatalf("%q, want %q", hints, want)
		}
		if status, _, errs := called(shellWords(hints[1].Word)[1:]...); status != exitOK {
			t.Errorf("%q: status %d, %q", hints[1].Word, status, errs)
		}
	}
	o, cmd := parsed(t, "--fault", "S3:crash@1000000")
	sc := scenario.Pipeline()
	if hints := o.again(cmd, &sc)(7); len(hints) != 1 {
		t.Errorf("%q: a report of so many batches is refused", hints)
	}
}

func TestTheBatchesOfAReportAreAsked(t *testing.T) {
	complains(t, []string{"report", "pipeline", "--batches", "-1"}, "--batches -1", "10000")
	complains(t, []string{"report", "all", "--batches", "10001"}, "--batches 10001", "10000")
	complains(t, []string{"report", "pipeline", "--batches", "12", "--fault", "S3:crash@13"}, "from 1 to 12")
	for _, name := range []string{"retry", "breaker", "strategies", "pipeline"} {
		for _, n := range []string{"1", "2", "97"} {
			status, out, errs := called("report", name, "--batches", n)
			if status != exitOK || !strings.Contains(out, "batches="+n+".") {
				t.Errorf("report %s --batches %s: status %d, %q\n%s", name, n, status, errs, out)
			}
		}
	}
}
