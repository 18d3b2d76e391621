package stats

import "resiltui/internal/engine/event"

// Rounds counts what a run's batches came to, and nothing of a sensor: it is for many runs
// of which no more is asked than that, at half the cost of a [Tally]. The zero value is
// ready to fold. It is not safe for concurrent use by itself, as a Tally is not.
type Rounds struct {
	run      *event.Run
	pipeline pipeline
}

// Fold takes one event in. Events come in order.
func (r *Rounds) Fold(e *event.Event) {
	switch e.Kind {
	case event.RunStarted:
		*r = Rounds{run: e.Run}
	case event.CallEnded:
		r.pipeline.call(&e.Call, e.At)
	case event.BatchEnded:
		r.pipeline.fold(&e.Round, r.run)
	}
}

// View is what was counted so far, without the marks of batches.
func (r *Rounds) View() PipelineView { return r.pipeline.view(0) }
