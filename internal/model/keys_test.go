package model

import (
	"testing"
	"testing/synctest"
	"time"

	"resiltui/internal/engine/breaker"
)

// soon is how long a test waits for what comes with the next batch or two.
const soon = 2 * time.Second

func TestACrashIsSeenExplainedAndMended(t *testing.T) {
	withRig(t, rigOptions{width: 140, height: 45}, func(t *testing.T, r *rig) {
		r.pass(8 * time.Second) // S4's bad time is over
		r.press("right", "right", "right", "c")
		r.sees(`S3 coolant +! +you pressed c: crash begins`, soon)
		r.sees(`S3 coolant .*CLOSED to OPEN: 5 failures in a row \(connection refused\)`, 15*time.Second)
		r.sees(`opened \d\d:\d\d\.\d  5 in a row: .*refused`, soon)
		r.sees(`probe in \d\.\d s`, soon)
		r.sees(`S3 coolant .*HALF_OPEN to OPEN for 3.0 s: probe failed`, 5*time.Second)
		r.press("r")
		r.sees(`S3 coolant +! +you pressed r: crash ended after \d+\.\d s`, soon)
		r.sees(`S3 coolant .* OPEN to HALF_OPEN`, 5*time.Second)
		r.sees(`S3 coolant .*HALF_OPEN to CLOSED: 2 good probes`, 5*time.Second)
	})
}

func TestFaultKeysInjectWhatTheyName(t *testing.T) {
	for key, label := range map[string]string{
		"c": "crash", "s": `slow \+150 ms`, "e": "errors 50 %", "b": "black hole",
		"p": "flap 6.0 s", "x": "corrupt", "i": "stuck",
	} {
		t.Run(key, func(t *testing.T) {
			withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
				r.pass(time.Second)
				r.press("G", key)
				r.sees(`S4 exhaust +! +you pressed `+key+`: `+label+` begins`, soon)
				if f := r.frame(); f.Snap.Faults != 1 {
					t.Errorf("%d faults are active, not 1", f.Snap.Faults)
				}
				r.press("r")
				r.sees(`you pressed r: `+label+` ended`, soon)
				r.sees(`fault +none`, soon)
			})
		})
	}
}

func TestRecoverAndForceWithNothingToDoSaySo(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(time.Second)
		r.press("r")
		r.sees(`S0 boiler .*you pressed r: no fault is active`, soon)
		r.press("R")
		r.sees(`you pressed R: no fault is active`, soon)
	})
}

func TestStarAimsAtAllAndCapitalRRecoversEverything(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(time.Second)
		r.press("*")
		r.sees(` all 5:  c crash`, soon)
		r.press("c")
		r.sees(`! 5 faults`, soon)
		r.press("*")
		r.sees(` S0 boiler:  c crash`, soon)
		r.press("r")
		r.sees(`! 4 faults`, soon)
		r.press("R")
		r.sees(`! 0 fault`, soon)
	})
}

func TestForceOpenReleaseAndReset(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		state := func() breaker.State { return r.frame().Snap.Sensors[0].Circuit.State }
		r.pass(time.Second)
		r.press("o")
		r.sees(`S0 boiler .*you pressed o: CLOSED to FORCED_OPEN`, soon)
		r.sees(`S0 boil.*•╳ • FORCED`, soon)
		if state() != breaker.ForcedOpen {
			t.Errorf("the state is %v", state())
		}
		r.press("o")
		r.sees(`S0 boiler .*you pressed o: FORCED_OPEN to `, soon)
		r.press("u")
		r.pass(time.Second)
		if state() != breaker.Closed {
			t.Errorf("the state after a reset is %v", state())
		}
	})
}

func TestLockedFaultKeysDoNothingAndSaySo(t *testing.T) {
	withRig(t, rigOptions{model: Options{Locked: true}}, func(t *testing.T, r *rig) {
		r.pass(time.Second)
		r.sees(`FAULT KEYS LOCKED \(!\)`, soon)
		r.sees(`S0 boiler:  ! unlock `, soon)
		r.seesNot(`c crash`)
		for _, key := range []string{"c", "s", "e", "b", "p", "x", "i"} {
			r.press(key)
			r.sees(`fault keys are locked; ! unlocks them`, 100*time.Millisecond)
		}
		r.pass(soon)
		if f := r.frame(); f.Snap.Faults != 0 || f.Snap.Injected {
			t.Error("a locked key injected a fault")
		}
		r.press("!")
		r.sees(`fault keys are unlocked; faults act inside resiltui only`, 100*time.Millisecond)
		r.seesNot(`LOCKED`)
		r.press("c")
		r.sees(`you pressed c: crash begins`, soon)
		r.press("!")
		r.sees(`FAULT KEYS LOCKED`, soon)
	})
}

func TestAKeyIsAnsweredInTheNextFrame(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(2100 * time.Millisecond)
		for _, key := range []string{"c", "space", "*", "l", "+"} {
			before := r.screen()
			start := time.Now()
			r.program.Send(typed(key))
			for synctest.Wait(); r.screen() == before; r.pass(time.Millisecond) {
				if time.Since(start) > time.Second/30 {
					t.Fatalf("%s shows nothing within a frame", key)
				}
			}
		}
	})
}
