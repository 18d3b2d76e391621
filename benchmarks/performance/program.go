package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"time"
)

// paint is CPU a painted frame of the program as it is shipped, beside a program
// that paints as many cells and does nothing else.
func paint(e *effort) (figure, error) {
	ours, err := watch(e.long, "", "", e.binary, "--speed", "4")
	if err != nil {
		return figure{}, err
	}
	peer, err := watch(e.long, "painter", "", self())
	if err != nil {
		return figure{}, err
	}
	if ours.frames == 0 || peer.frames == 0 {
		return figure{}, fmt.Errorf("no frames were seen: %+v, %+v", ours, peer)
	}
	a, b := perFrame(ours), perFrame(peer)
	return figure{value: a, text: fmt.Sprintf("%s ms (%d frames, %s bytes each; a bare Bubble Tea program %s ms)",
		number(a), ours.frames, number(float64(ours.bytes/ours.frames)), number(b))}, nil
}

func perFrame(u usage) float64 {
	return float64(u.cpu.Microseconds()) / 1e3 / float64(u.frames)
}

func pausedBytes(e *effort) (figure, error) {
	u, err := watch(e.long, "", " ", e.binary)
	return figure{value: float64(u.bytes), text: fmt.Sprintf("%d bytes in %v", u.bytes, e.long)}, err
}

func pausedCPU(e *effort) (figure, error) {
	ours, err := watch(e.long, "", " ", e.binary)
	if err != nil {
		return figure{}, err
	}
	peer, err := watch(e.long, "empty", "", self())
	if err != nil {
		return figure{}, err
	}
	a, b := share(ours, e.long), share(peer, e.long)
	return figure{value: a - b, text: fmt.Sprintf("%+.2f %% (%.2f %%; the empty program %.2f %%)", a-b, a, b)}, nil
}

// share of a core, in percent.
func share(u usage, d time.Duration) float64 { return 100 * u.cpu.Seconds() / d.Seconds() }

func firstFrame(e *effort) (figure, error) {
	ms, err := repeat(e.starts, func() (float64, error) {
		t, err := open("", e.binary)
		if err != nil {
			return 0, err
		}
		defer t.close()
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		for {
			if err := t.shown(ctx); err != nil {
				return 0, err
			}
			if _, _, first := t.counts(); first > 0 {
				return float64(first.Microseconds()) / 1e3, nil
			}
			time.Sleep(time.Millisecond)
		}
	})
	return figure{value: ms, text: fmt.Sprintf("%s ms (median of %d)", number(ms), e.starts)}, err
}

// memoryOfPipeline is what the program holds after an hour of virtual time, at
// 64 times real time.
func memoryOfPipeline(e *effort) (figure, error) {
	const speed = 64
	mb, err := grown(e.hour/speed, "", e.binary, "--speed", fmt.Sprint(speed))
	return figure{value: mb, text: fmt.Sprintf("%s MB (resident, after %v of virtual time at %d×)", number(mb), e.hour, speed)}, err
}

// memoryOfMany is the same of a dashboard with 1,000 sensors, for a third of the
// time: everything that is kept of a sensor is full after 512 calls.
func memoryOfMany(e *effort) (figure, error) {
	d := e.hour / 64 / 3
	mb, err := grown(d, "dashboard", self())
	return figure{value: mb, text: fmt.Sprintf("%s MB (resident, after %v of virtual time at 64×)", number(mb), (d * 64).Round(time.Second))}, err
}

// grown is the resident memory of a program in a terminal after some time.
func grown(d time.Duration, role, program string, args ...string) (float64, error) {
	t, err := open(role, program, args...)
	if err != nil {
		return 0, err
	}
	defer t.close()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := t.shown(ctx); err != nil {
		return 0, err
	}
	time.Sleep(d)
	return resident(t.cmd.Process.Pid)
}

// memoryHeadless is the resident memory of 10,000 sensors at the end of a run in
// which everything that is kept of each is full.
func memoryHeadless(e *effort) (figure, error) {
	const n = 10_000
	batches := max(int(e.hour/time.Second/6), 2) // 600, where an hour is asked for
	cmd := exec.Command(self())
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=headless %d %d", asRole, n, batches))
	out, err := cmd.CombinedOutput()
	if err != nil {
		return figure{}, fmt.Errorf("%w: %s", err, out)
	}
	var mb float64
	if _, err := fmt.Sscan(string(out), &mb); err != nil {
		return figure{}, err
	}
	return figure{value: mb, text: fmt.Sprintf("%s MB (resident, after %d calls of each)", number(mb), batches)}, nil
}

// printPeak prints what this process holds, in MB.
func printPeak(int) error {
	mb, err := resident(os.Getpid())
	if err != nil {
		return err
	}
	_, err = fmt.Println(mb)
	return err
}

func binarySize(e *effort) (figure, error) {
	info, err := os.Stat(e.binary)
	if err != nil {
		return figure{}, err
	}
	mb := float64(info.Size()) / 1e6
	return figure{value: mb, text: number(mb) + " MB"}, nil
}
