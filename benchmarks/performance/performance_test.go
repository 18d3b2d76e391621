package main

import (
	"fmt"
	"os"
	"regexp"
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
	e := effort{
		runs: 2, slice: time.Millisecond, long: 600 * time.Millisecond,
		reads: 20_000, starts: 1, hour: 20 * time.Second, dir: "../..",
	}
	if err := e.build(); err != nil {
		t.Fatal(err)
	}
	defer os.Remove(e.binary)
	for _, r := range table() {
		t.Run(r.key, func(t *testing.T) {
			f, err := r.measure(&e)
			if err != nil {
				t.Fatal(err)
			}
			// Nothing written while paused is the aim, and a difference may be
			// less than nothing.
			if f.value <= 0 && r.key != "paused" && r.key != "paused-cpu" {
				t.Errorf("the figure is %v (%s)", f.value, f.text)
			}
			if !strings.ContainsAny(f.text, "0123456789") {
				t.Errorf("no figure in %q", f.text)
			}
		})
	}
}

func TestAMedianIsTheMiddle(t *testing.T) {
	for want, of := range map[float64][]float64{0: nil, 2: {3, 1, 2}, 2.5: {4, 1, 2, 3}} {
		if got := median(of); got != want {
			t.Errorf("median of %v is %v, want %v", of, got, want)
		}
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
	s := machine("../..")
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
	term := &terminal{master: w, start: time.Now()}
	want := 0
	for _, part := range []string{"abc\x1b[?20", "26l", "x\x1b[?2026lboil", "er\x1b[?2026l", "\x1b[?2026$p"} {
		term.take([]byte(part))
		want += len(part)
	}
	_ = w.Close()
	buf := make([]byte, 64)
	n, _ := r.Read(buf)
	if bytes, frames, _ := term.counts(); frames != 3 || bytes != want || string(buf[:n]) != answerSync {
		t.Errorf("%d bytes, %d frames, answer %q", bytes, frames, buf[:n])
	}
}
