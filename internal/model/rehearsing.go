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

// Which batches the tuning panel runs again: those where there is something to see.

const (
	// leadBatches is how many batches are shown before what they are about begins, and
	// after it has ended.
	leadBatches = 2
	// openingBatches is how many lead up to an opening.
	openingBatches = 9
)

// holdWindow gives the panel the batches that it runs again: on a verdict those that
// this is about, on a frozen screen those around the moment shown, else the newest,
// or where these hold no fault those of the sensor's last episode.
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

// newestWindow is the newest batches, unless the last that was wrong with the sensor is
// before them.
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
		case len(v.Active) > 0: // it has no end yet
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
		return newest, nil //nolint:nilerr // it is no episode that somebody asks for
	}
	o.About = name + "'s last opening"
	return w, nil
}

// lastEpisode is the last episode of a sensor, the one that is under way if there is.
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

// episodeWindow is the batches of an episode: from before its begin on, or where that
// is not all of it those up to its end. Where they are no longer kept it is the newest.
func (m *Model) episodeWindow(o *tune.Options, v *verdict.Verdict, about string) (*engine.Window, error) {
	end, rest := max(v.Began, v.Ended, v.Over), tune.Batches-1-leadBatches
	w, err := m.opts.Engine.WindowAt(v.Began, leadBatches, rest)
	if err != nil || w != nil && w.Until() < end {
		w, err = m.opts.Engine.WindowAt(end, rest, leadBatches)
	}
	var forgotten *engine.ForgottenError
	switch {
	case errors.As(err, &forgotten):
		o.About = "the newest"
		o.Remark = dialog.Remark{Text: about + " ended at " + words.Clock(end) + "; " + err.Error(), Bad: true}
		return m.opts.Engine.Window(tune.Batches)
	case err != nil || w == nil:
		return nil, err
	case v.Began < w.From():
		o.Remark = began(v.Began)
	}
	o.About = about
	return w, nil
}

// began says that the beginning of a fault is not among the batches.
func began(at time.Duration) dialog.Remark {
	return dialog.Remark{Text: "the fault began at " + words.Clock(at) + ", before the batches that are run again", Bad: true}
}

// fails is true where a call among them got no live value.
func fails(columns []stats.Column) bool {
	for i := range columns {
		if !columns[i].Answered() {
			return true
		}
	}
	return false
}
