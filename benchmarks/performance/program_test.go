package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// shorter is how much of something is measured: in full, or with -short just so much
// that it is measured at all.
func shorter[T any](full, short T) T {
	if testing.Short() {
		return short
	}
	return full
}

// long is how long a running program is watched.
func long() time.Duration { return shorter(watched, 600*time.Millisecond) }

// hour is the virtual time before memory is looked at.
func hour() time.Duration { return shorter(time.Hour, 20*time.Second) }

// BenchmarkProgram is what the program takes as it is shipped, in a terminal. What is
// measured of it once takes its time, so that go test makes no second turn; the time of
// that turn says nothing.
func BenchmarkProgram(b *testing.B) {
	exe := build(b)
	ours := func(args ...string) *exec.Cmd { return exec.Command(exe, args...) }
	b.Run("paint=resiltui", func(b *testing.B) { paint(b, ours("--speed", "4"), boiler) })
	b.Run("paint=bare", func(b *testing.B) { paint(b, played("painter"), "sensor ok") })
	b.Run("paused=resiltui", func(b *testing.B) { rest(b, ours(), boiler) })
	b.Run("paused=empty", func(b *testing.B) { rest(b, played("empty"), "nothing") })
	b.Run("first-frame", func(b *testing.B) {
		var all []time.Duration
		for range shorter(15, 1) {
			start := time.Now()
			t := open(b, ours(), boiler)
			all = append(all, time.Since(start))
			t.close()
		}
		slices.Sort(all)
		b.ReportMetric(milliseconds(all[len(all)/2]), "p50-ms")
		b.ReportMetric(float64(len(all)), "starts")
	})
	// At 64 times real time: an hour with the sensors of pipeline, a third of one with
	// 1,000, of which everything that is kept is full after 512 calls.
	b.Run("memory=pipeline", func(b *testing.B) { grow(b, hour()/64, ours("--speed", "64"), boiler) })
	b.Run("memory=1000", func(b *testing.B) { grow(b, hour()/64/3, played("dashboard"), boiler) })
	b.Run("memory=10000", headlessMemory)
	b.Run("binary", func(b *testing.B) {
		info, err := os.Stat(exe)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(info.Size())/1e6, "megabytes")
	})
}

// boiler is the name of a sensor: it comes with the first frame.
const boiler = "boiler"

// build makes the program as it is shipped.
func build(b *testing.B) (exe string) {
	exe = filepath.Join(b.TempDir(), "resiltui")
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", exe, "./cmd/resiltui")
	cmd.Dir, cmd.Env = "../..", append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("building the program: %v: %s", err, out)
	}
	return exe
}

// paint is CPU a painted frame.
func paint(b *testing.B, cmd *exec.Cmd, mark string) {
	for b.Loop() {
		u := watch(b, long(), cmd, mark)
		if u.frames == 0 {
			b.Fatalf("no frames were seen: %+v", u)
		}
		b.ReportMetric(milliseconds(u.cpu)/float64(u.frames), "cpu-ms/frame")
		b.ReportMetric(float64(u.bytes)/float64(u.frames), "bytes/frame")
		b.ReportMetric(float64(u.frames), "frames")
	}
}

// rest is what a program does that is paused, or has nothing to do.
func rest(b *testing.B, cmd *exec.Cmd, mark string) {
	for b.Loop() {
		u := watch(b, long(), cmd, mark, " ")
		b.ReportMetric(float64(u.bytes), "bytes")
		b.ReportMetric(100*u.cpu.Seconds()/long().Seconds(), "cpu-%")
	}
}

// grow is the resident memory of a program in a terminal after some time.
func grow(b *testing.B, d time.Duration, cmd *exec.Cmd, mark string) {
	for b.Loop() {
		t := open(b, cmd, mark)
		time.Sleep(d)
		mb, err := resident(cmd.Process.Pid)
		t.close()
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(mb, "megabytes")
	}
}

// headlessMemory is the resident memory of 10,000 sensors at the end of a run in
// which everything that is kept of each is full.
func headlessMemory(b *testing.B) {
	for b.Loop() {
		calls := max(int(hour()/time.Second/6), 2) // 600, where an hour is asked for
		out, err := played(fmt.Sprint("headless 10000 ", calls)).CombinedOutput()
		if err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		var mb float64
		if _, err := fmt.Sscan(string(out), &mb); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(mb, "megabytes")
	}
}
