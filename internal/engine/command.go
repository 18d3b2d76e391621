package engine

import (
	"fmt"
	"slices"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
)

// apply carries out a command that concerns sensors, and publishes what it did.
func (r *run) apply(cmd event.Command, batch int) {
	if r.commandLog != nil {
		r.commandLog.note(cmd)
	}
	targets := targets(cmd, len(r.clients))
	ended := 0
	tuned := false
	for _, i := range targets {
		if i < 0 || i >= len(r.clients) {
			continue
		}
		switch cmd.Op {
		case event.Inject:
			r.inject(i, cmd, batch)
		case event.Recover:
			ended += r.recover(i, cmd, batch)
		case event.EndFault:
			ended += r.endFault(i, cmd, batch)
		case event.ToggleForced:
			r.clients[i].operate(cmd.By, batch, func(b *breaker.Breaker) {
				if b.Snapshot().State == breaker.ForcedOpen {
					b.ReleaseForced()
				} else {
					b.ForceOpen()
				}
			})
		case event.ResetBreaker:
			r.clients[i].operate(cmd.By, batch, (*breaker.Breaker).Reset)
		case event.Tune:
			tuned = r.tune(i, cmd, batch) || tuned
		}
	}
	switch {
	case cmd.Op == event.Recover && ended == 0:
		r.publishTextAbout(batch, targets, cmd.By+": no fault is active")
	case cmd.Op == event.EndFault && ended == 0:
		r.publishTextAbout(batch, targets, cmd.By+": no "+cmd.Fault.Kind.String()+" is active")
	case cmd.Op == event.Tune && !tuned:
		r.publishTextAbout(batch, targets, cmd.By+": the settings are these already")
	}
}

// targets returns the sensors that a command is for, all members where it names
// none; an index may be out of range.
func targets(cmd event.Command, members int) []int {
	if len(cmd.Sensors) > 0 {
		return slices.Clone(cmd.Sensors)
	}
	all := make([]int, members)
	for i := range all {
		all[i] = i
	}
	return all
}

// publishTextAbout publishes a line of text about the only target, or about the run.
func (r *run) publishTextAbout(batch int, targets []int, text string) {
	sensor := event.NoSensor
	if len(targets) == 1 && targets[0] >= 0 && targets[0] < len(r.clients) {
		sensor = targets[0]
	}
	r.publishText(batch, sensor, text)
}

func (r *run) inject(i int, cmd event.Command, batch int) {
	f := r.sensors[i]
	// First, so that a fault that is over already does not end as replaced.
	r.expire(i, batch)
	now := r.clock.Now()
	injected := cmd.Fault
	if injected.Until > 0 {
		injected.Until += now
	}
	before := f.Active(now)
	injected, err := f.Inject(injected, now)
	if err != nil {
		r.publishText(batch, i, cmd.By+": "+err.Error())
		return
	}
	r.naive.also(i, func(f *fault.Injector) { _, _ = f.Inject(injected, now) })
	for _, old := range before {
		if old.Kind == injected.Kind { // Inject has replaced it
			r.publishEnd(i, old, cmd.By, batch)
		}
	}
	r.hub.Publish(event.Event{
		At: now, Batch: batch, Sensor: i, Kind: event.FaultBegan,
		Fault: &event.Fault{Fault: injected, Label: injected.Label(), By: cmd.By},
	})
}

// recover ends all faults of a sensor and says how many there were.
func (r *run) recover(i int, cmd event.Command, batch int) int {
	r.expire(i, batch) // a fault that is over already was not ended by this command
	ended := r.sensors[i].Recover()
	r.naive.also(i, func(f *fault.Injector) { f.Recover() })
	for _, over := range ended {
		r.publishEnd(i, over, cmd.By, batch)
	}
	return len(ended)
}

// endFault ends the fault of one kind of a sensor and says how many there were.
func (r *run) endFault(i int, cmd event.Command, batch int) int {
	r.expire(i, batch)
	r.naive.also(i, func(f *fault.Injector) { f.End(cmd.Fault.Kind) })
	ended, ok := r.sensors[i].End(cmd.Fault.Kind)
	if !ok {
		return 0
	}
	r.publishEnd(i, ended, cmd.By, batch)
	return 1
}

// expire publishes the end of faults whose time to live is over.
func (r *run) expire(i, batch int) {
	now := r.clock.Now()
	r.naive.also(i, func(f *fault.Injector) { f.Expire(now) })
	for _, ended := range r.sensors[i].Expire(now) {
		r.publishEnd(i, ended, "its time was over", batch)
	}
}

func (r *run) publishEnd(i int, f fault.Fault, by string, batch int) {
	now := r.clock.Now()
	end := now
	if f.Until > 0 {
		end = min(end, f.Until)
	}
	r.hub.Publish(event.Event{
		At: now, Batch: batch, Sensor: i, Kind: event.FaultEnded,
		Fault: &event.Fault{Fault: f, Label: f.Label(), By: by, Lasted: end - f.Start},
	})
}

// publishText publishes a line of text.
func (r *run) publishText(batch, sensor int, text string) {
	paused, speed := r.pace()
	r.hub.Publish(event.Event{
		At: r.clock.Now(), Batch: batch, Sensor: sensor, Kind: event.CommandTaken,
		Taken: &event.Taken{Text: text, Paused: paused, Speed: speed},
	})
}

// speedText writes a pace as the header does.
func speedText(x float64) string { return fmt.Sprintf("%gx", x) }
