package stats

import "resiltui/internal/engine/event"

// Rounds counts only the results of a run's batches, nothing per sensor. It is for many
// runs where nothing else is needed, at half the cost of an [Aggregator]. The zero value is
// ready to use. Like an Aggregator, it is not safe for concurrent use by itself.
type Rounds struct {
	run      *event.Run
	pipeline pipeline
}

// Observe takes one event in. Events come in order.
func (r *Rounds) Observe(e *event.Event) {
	switch e.Kind {
	case event.RunStarted:
		*r = Rounds{run: e.Run}
	case event.CallEnded:
		r.pipeline.call(&e.Call, e.At)
	case event.BatchEnded:
		r.pipeline.batch(&e.Round, r.run)
	}
}

// View is what was counted so far, without the marks of batches.
func (r *Rounds) View() PipelineView { return r.pipeline.view(0) }
