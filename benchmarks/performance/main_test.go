package main

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// The test binary plays parts of measurements, as the program does.
func TestMain(m *testing.M) {
	if role := os.Getenv(asRole); role != "" {
		if err := play(role); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

// Little work, so that every measurement is made once. Its figures mean nothing.
func TestEveryRowCanBeMeasured(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the program and measures it")
	}
	quick := effort{turns: 1, flags: []string{"-test.benchtime=1x", "-test.short"}}
	f, err := measure(os.Args[0], table(), quick, t.Output())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range table() {
		got := r.say(&f)
		// Nothing written while paused is the aim, and a difference may be
		// less than nothing.
		if !(got.value > 0) && r.key != "paused" && r.key != "paused-cpu" {
			t.Errorf("%s: the figure is %v (%s)", r.key, got.value, got.text)
		}
		for _, name := range r.benchmarks {
			if !slices.ContainsFunc(slices.Collect(maps.Keys(f.values)), func(key string) bool { return strings.HasPrefix(key, name+" ") }) {
				t.Errorf("%s: %s was not measured", r.key, name)
			}
		}
	}
}

// What go test -bench prints.
const printed = `goos: linux
cpu: abacus
BenchmarkStack/library=resiltui-2	1000	50.0 ns/op	0 B/op	0 allocs/op
BenchmarkStack/library=failsafe-go-2	1000	500.0 ns/op	9 B/op	1 allocs/op
BenchmarkStack/library=resiltui-2	1000	40.0 ns/op	0 B/op	0 allocs/op
BenchmarkStack/library=resiltui-2	1000	90.0 ns/op	0 B/op	0 allocs/op
PASS
`

func TestAFigureIsTheMedianOfItsTurns(t *testing.T) {
	f := figures{values: map[string][]float64{}}
	if err := f.read(strings.NewReader(printed)); err != nil {
		t.Fatal(err)
	}
	got := comparedWith("Stack", "resiltui", "failsafe-go").say(&f)
	if got.text != "0.10 × (50.0 ns; failsafe-go 500 ns)" || got.wrong != "" || f.processor != "abacus" {
		t.Errorf("%+v on %q", got, f.processor)
	}
	got = comparedWith("Stack", "failsafe-go", "resiltui").say(&f)
	if got.wrong != "1 allocations a call" {
		t.Errorf("%+v, though it allocates", got)
	}
}

func TestBenchmarksThatFailGiveNoFigures(t *testing.T) {
	rows := []row{{source: source{benchmarks: []string{"Publish/past=no"}}}}
	_, err := measure(os.Args[0], rows, effort{turns: 1, flags: []string{"-test.bench=("}}, t.Output())
	if err == nil || !strings.Contains(err.Error(), "missing closing )") {
		t.Errorf("the error is %v", err)
	}
}

func TestATargetIsReachedOrNot(t *testing.T) {
	for _, row := range []struct {
		r    result
		want string
	}{
		{result{row{limit: 2}, figure{value: 2}}, "reached"},
		{result{row{limit: 2}, figure{value: 2.1}}, "not reached"},
		{result{row{limit: 2, atLeast: true}, figure{value: 3}}, "reached"},
		{result{row{limit: 2, atLeast: true}, figure{value: 1}}, "not reached"},
		{result{row{limit: 2}, figure{value: 1, wrong: "1 allocation"}}, "not reached: 1 allocation"},
	} {
		if got := row.r.verdict(); got != row.want {
			t.Errorf("%+v: %q, want %q", row.r, got, row.want)
		}
	}
}

func TestThePageSaysWhatWasReachedAndWhyNot(t *testing.T) {
	page := writePage([]result{
		{row{what: "fast", target: "2 ms", limit: 2, held: "unused"}, figure{value: 1, text: "1 ms"}},
		{row{what: "slow", target: "9 reads/s", limit: 9, atLeast: true, held: "the disk"}, figure{value: 3, text: "3 reads/s"}},
	}, setting{processor: "abacus", cores: 2, date: "2026-01-02", peers: []string{"gobreaker 2.4.0"}}, time.Minute)
	for _, want := range []string{
		"| fast | 2 ms | 1 ms | reached |", "| slow | at least 9 reads/s | 3 reads/s | not reached |",
		"- **slow**: the disk", "abacus", "2 cores", "gobreaker 2.4.0", "2026-01-02",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is missing in\n%s", want, page)
		}
	}
	if strings.Contains(page, "unused") {
		t.Error("a reason is given for what was reached")
	}
}

func TestTheMachineIsNamed(t *testing.T) {
	s := machine("abacus", "../..")
	if s.cores < 1 || s.processor == "" || len(s.peers) < 4 || !regexp.MustCompile(`gobreaker \d`).MatchString(fmt.Sprint(s.peers)) {
		t.Errorf("%+v", s)
	}
}

func TestNumbersHaveTheDigitsThatMeanSomething(t *testing.T) {
	for want, x := range map[string]float64{
		"1,234,567": 1234567, "136": 136.2, "23.5": 23.46, "0.24": 0.2413, "0.042": 0.0421, "0": 0, "10,005": 10005,
	} {
		if got := number(x); got != want {
			t.Errorf("%v: %q, want %q", x, got, want)
		}
	}
}

func TestFramesAreCountedAcrossReads(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	term := &terminal{master: w, mark: boiler, shown: make(chan struct{})}
	want := 0
	for _, part := range []string{"abc\x1b[?20", "26l", "x\x1b[?2026lboil", "er\x1b[?2026l", "\x1b[?2026$p"} {
		term.take([]byte(part))
		want += len(part)
	}
	_ = w.Close()
	buf := make([]byte, 64)
	n, _ := r.Read(buf)
	if bytes, frames := term.counts(); frames != 3 || bytes != want || string(buf[:n]) != answerSync {
		t.Errorf("%d bytes, %d frames, answer %q", bytes, frames, buf[:n])
	}
}
