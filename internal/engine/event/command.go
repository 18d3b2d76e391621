package event

import (
	"resiltui/internal/engine/policy"
	"resiltui/internal/sensors/fault"
)

// Op is what a command does.
type Op uint8

// The commands. Those that concern sensors take effect at the start of the
// next batch (in a real run at once), the others at once.
const (
	// Inject starts Command.Fault on the sensors.
	Inject Op = iota + 1
	// Recover ends all faults of the sensors.
	Recover
	// ToggleForced forces the breakers open, or releases those that are forced.
	ToggleForced
	// ResetBreaker closes the breakers and clears what they counted.
	ResetBreaker
	// Tune applies Command.Policy without losing history: the breaker's state and
	// counts, the last good values and the retry counts are kept. The policy that
	// the run began with undoes it.
	Tune
	// EndFault ends the fault of the kind of Command.Fault on the sensors.
	EndFault
	// Pause pauses the run and Resume continues it; Toggle does whichever
	// applies.
	Pause
	Resume
	Toggle
	// Step finishes the batch in progress, runs one more, and pauses.
	Step
	// RunOn runs to the next change of state and pauses there.
	RunOn
	// SetSpeed sets the pace to Command.Speed times real time.
	SetSpeed
	// Restart starts the run again with Command.Seed, or another one where
	// Command.Scenario names it.
	Restart
	// Note publishes Command.Text as an event, cleaned and clipped; an empty
	// text does nothing.
	Note
)

// ForSensors is true for the commands that concern sensors.
func (o Op) ForSensors() bool { return o >= Inject && o <= EndFault }

// Command is one request of the user at the keyboard, or of a script.
type Command struct {
	Op Op
	// Sensors are the targets by index; empty is all of them.
	Sensors []int
	// Fault is what Inject injects. Its Until, if any, counts from the
	// injection.
	Fault fault.Fault
	// Policy is what Tune applies.
	Policy policy.Policy
	Speed  float64
	Seed   uint64
	// Scenario names what a Restart runs; empty is the scenario that ran so far. The
	// name must be clean.
	Scenario string
	// Text is what Note publishes. It may come from outside.
	Text string
	// By says who asked for it, for the event: "you pressed c".
	By string
}
