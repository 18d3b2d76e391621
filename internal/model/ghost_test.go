package model

import (
	"strings"
	"testing"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors/fault"
)

// twice crashes S3 two times, so near that its circuit does not close between.
func twice(seed uint64) engine.Config {
	c := scenario.Pipeline().Config(seed)
	for batch, op := range map[int]event.Op{12: event.Inject, 18: event.Recover, 22: event.Inject, 28: event.Recover} {
		cmd := event.Command{Op: op, Sensors: []int{3}, By: "script"}
		if op == event.Inject {
			cmd.Fault = fault.Default(fault.Crash)
		}
		c.Script = append(c.Script, engine.Scripted{Batch: batch, Command: cmd})
	}
	return c
}

func TestTheLanesTellOfTheSameFaults(t *testing.T) {
	withRig(t, rigOptions{config: twice}, func(t *testing.T, r *rig) {
		r.pass(19 * time.Second)
		r.press("right", "right", "right", "t")
		r.pass(300 * time.Millisecond)
		p := openPanel(r.seen.Model)
		draft := p.draft
		draft.Breaker.OpenFor = 100 * time.Millisecond
		_, g, err := rehearsal{window: p.window, sensor: 3, draft: draft}.run()
		if err != nil {
			t.Fatal(err)
		}
		events, err := p.window.Rehearse(map[int]policy.Policy{3: draft})
		if err != nil {
			t.Fatal(err)
		}
		sent := 0
		for _, e := range events {
			if e.Kind == event.CallEnded && e.Sensor == 3 && e.Call.Faulted {
				sent += e.Call.Attempts
			}
		}
		if g.Would.Attempts < sent {
			t.Errorf("the lane would send %d attempts under the faults, the panel says %d", sent, g.Would.Attempts)
		}
		if g.Was.Attempts >= g.Would.Attempts {
			t.Errorf("a circuit that is open for 0.1 s sends no more than one of 3 s: %d, %d", g.Would.Attempts, g.Was.Attempts)
		}
	})
}

func TestElsewhereBlamesNoChangeForAnotherOne(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		for range 6 {
			r.pass(3 * time.Second)
			r.press("g", "right", "t", "1", "enter", "enter", "esc") // S1 trips after 1
			r.pass(time.Second)
			r.press("right", "right", "t")
			p := openPanel(r.seen.Model)
			for range p.rows {
				if p.rows[p.cursor].Label != "open for" {
					r.press("down")
				}
			}
			r.press("left") // no setting by which S1 would open more, or less
			r.pass(500 * time.Millisecond)
			if !p.ghost.Ready {
				t.Fatalf("no ghost: %+v", p.ghost)
			}
			now, err := replayed(p.window, map[int]policy.Policy{1: p.inForce[1]})
			if err != nil {
				t.Fatal(err)
			}
			if now.snap.Sensors[1].Tripping != nil && strings.Contains(p.ghost.Elsewhere, "S1") {
				t.Errorf("S1 opens by its own settings, yet: %q", p.ghost.Elsewhere)
			}
			r.press("esc", "g", "right", "T", "u")
			r.pass(16 * time.Second)
		}
	})
}
