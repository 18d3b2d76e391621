package model

import (
	"errors"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/model/dialog"
	"resiltui/internal/model/dialog/tune"
	"resiltui/internal/stats"
	"resiltui/internal/stats/verdict"
	"resiltui/internal/words"
)

// Which batches the tuning panel simulates again: those in which something happens.

const (
	// leadBatches is how many batches are shown before the beginning of an episode, and
	// after its end.
	leadBatches = 2
	// openingBatches is how many batches are shown before the circuit opens.
	openingBatches = 9
)

// holdWindow gives the panel the batches to simulate again: for a verdict those of its
// episode, on a frozen screen those around the time shown, otherwise the newest. Where
// the newest contain no fault, it takes those of the sensor's last episode.
func (m *Model) holdWindow(o *tune.Options, onFaults bool) {
	var w *engine.Window
	var err error
	switch {
	case onFaults:
		w, err = m.episodeWindow(o, &m.popup.Verdict, "the verdict's faults")
	case m.past.Frozen:
		o.About = "around the moment shown"
		w, err = m.opts.Engine.WindowAt(m.past.At, (tune.Batches-1)/2, tune.Batches/2)
	default:
		w, err = m.newestWindow(o)
	}
	switch {
	case !o.Run.Virtual:
		o.Why = "no rehearsal: real time cannot be run again"
	case errors.Is(err, engine.ErrNothingYet):
		o.Why = "no rehearsal: nothing has run yet"
	case err != nil:
		o.Why = "no rehearsal: " + err.Error()
	case w == nil:
		o.Why = "no rehearsal here"
	default:
		o.Window = w
	}
}

// newestWindow is the newest batches, or those of the sensor's last problem where that
// is older.
func (m *Model) newestWindow(o *tune.Options) (*engine.Window, error) {
	o.About = "the newest"
	newest, err := m.opts.Engine.Window(tune.Batches)
	if err != nil || newest == nil {
		return nil, err
	}
	snap := m.feed.snapshot(stats.Query{Sensors: []int{o.Sensor}, Columns: tune.Batches, Verdicts: stats.MaxVerdicts})
	if len(snap.Sensors) == 0 {
		return newest, nil
	}
	v, name := &snap.Sensors[0], dialog.SensorName(o.Run.Sensors[o.Sensor])
	if e, ok := m.lastEpisode(&snap, o.Sensor); ok {
		switch {
		case e.Began >= newest.From():
			return newest, nil
		case len(v.Active) > 0: // the episode has not ended
			o.Remark = began(e.Began)
			return newest, nil
		default:
			return m.episodeWindow(o, &e, name+"'s last episode")
		}
	}
	if v.Tripping == nil || v.TrippedAt >= newest.From() || fails(v.Columns) {
		return newest, nil
	}
	w, err := m.opts.Engine.WindowAt(v.TrippedAt, openingBatches, tune.Batches-1-openingBatches)
	if err != nil {
		return newest, nil //nolint:nilerr // not an error: the user did not ask for an episode
	}
	o.About = name + "'s last opening"
	return w, nil
}

// lastEpisode is the current episode of a sensor, or else its last one.
func (m *Model) lastEpisode(s *stats.Snapshot, sensor int) (v verdict.Verdict, ok bool) {
	if v, ok = m.feed.episode(sensor); ok {
		return v, true
	}
	for i := range s.Verdicts {
		if s.Verdicts[i].Sensor == sensor {
			v, ok = s.Verdicts[i], true
		}
	}
	return v, ok
}

// episodeWindow is the batches of an episode, from a little before its beginning. Where
// the episode is too long for them, its end is missing: settings differ most in when the
// circuit opens. Where the beginning is no longer kept, it is the batches up to the end,
// and the newest where that is not kept either.
func (m *Model) episodeWindow(o *tune.Options, v *verdict.Verdict, about string) (*engine.Window, error) {
	end, rest := max(v.Began, v.Ended, v.Over), tune.Batches-1-leadBatches
	w, err := m.opts.Engine.WindowAt(v.Began, leadBatches, rest)
	var forgotten *engine.ForgottenError
	if errors.As(err, &forgotten) {
		w, err = m.opts.Engine.WindowAt(end, rest, leadBatches)
	}
	switch {
	case errors.As(err, &forgotten):
		o.About = "the newest"
		o.Remark = dialog.Remark{Text: about + " ended at " + words.Clock(end) + "; " + err.Error(), Bad: true}
		return m.opts.Engine.Window(tune.Batches)
	case err != nil || w == nil:
		return nil, err
	case v.Began < w.From():
		o.Remark = began(v.Began)
	case w.Until() < end:
		about = "the beginning of " + about
	}
	o.About = about
	return w, nil
}

// began says that a fault began before the batches shown.
func began(at time.Duration) dialog.Remark {
	return dialog.Remark{Text: "the fault began at " + words.Clock(at) + ", before the batches that are run again", Bad: true}
}

// fails says whether a call in these columns got no live value.
func fails(columns []stats.Column) bool {
	for i := range columns {
		if !columns[i].Answered() {
			return true
		}
	}
	return false
}
