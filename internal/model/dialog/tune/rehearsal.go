package tune

import (
	"errors"
	"math"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/policy"
	"resiltui/internal/model/dialog"
	"resiltui/internal/stats"
	"resiltui/internal/stats/verdict"
	"resiltui/internal/words"
)

// Batches is how many batches are simulated again and shown.
const Batches = 30

// rehearsal is a request of the panel: what one sensor would have done with other
// settings, and what the same settings would have done to the other sensors.
type rehearsal struct {
	window dialog.Window
	about  string
	sensor int
	draft  policy.Policy
	// others are the policies of the other sensors with the same settings, by sensor
	// index; empty where no setting differs. at names the settings.
	others map[int]policy.Policy
	at     string
	// inForce are the present policies of the other sensors.
	inForce map[int]policy.Policy
	// was is the result with the original settings, where it is known already.
	was *replay
}

// ghostMsg is the result of a rehearsal.
type ghostMsg struct {
	panel *Panel
	was   *replay
	ghost outcome
	err   error
}

// replay is the result of simulating a window again.
type replay struct {
	counts *stats.Aggregator
	snap   stats.Snapshot
}

// errNothing is the error for a window without batches.
var errNothing = errors.New("nothing has run yet")

// replayed simulates a window again and counts its events.
func replayed(window dialog.Window, change map[int]policy.Policy) (*replay, error) {
	events, err := window.Rehearse(change)
	if err != nil {
		return nil, err
	}
	if len(events) == 0 {
		return nil, errNothing
	}
	r := &replay{counts: stats.New()}
	for i := range events {
		r.counts.Observe(&events[i])
	}
	r.snap = r.counts.Snapshot(stats.Query{Columns: Batches, Verdicts: stats.MaxVerdicts})
	return r, nil
}

// run is the work of the Cmd. It simulates the window at most four times.
func (a rehearsal) run() (*replay, outcome, error) {
	was := a.was
	if was == nil {
		var err error
		if was, err = replayed(a.window, nil); err != nil {
			return nil, outcome{}, err
		}
	}
	would, err := replayed(a.window, map[int]policy.Policy{a.sensor: a.draft})
	if err != nil {
		return was, outcome{}, err
	}
	if a.sensor >= len(was.snap.Sensors) || a.sensor >= len(would.snap.Sensors) {
		return was, outcome{}, errors.New("the sensor is gone")
	}
	g := outcome{Ready: true, About: a.about}
	g.First, g.Last = a.window.Batches()
	g.Was, g.Would, g.Faulted = tracks(was, would, a.sensor)
	g.Elsewhere, g.Worse, err = a.elsewhere(was)
	return was, g, err
}

// tracks are the two tracks, with the figures of the newest episode of faults. Where
// one track has one episode, the other may have two. So both count from the same time,
// at which an episode begins in one of them: Seen is from the first opening after it,
// Back from the last recovery, and Attempts is the sum of all episodes.
func tracks(was, would *replay, sensor int) (a, b track, faulted bool) {
	a, b = was.track(sensor), would.track(sensor)
	const end = time.Duration(math.MaxInt64)
	before, after := was.episodes(sensor, end), would.episodes(sensor, end)
	if len(before) == 0 || len(after) == 0 {
		return a, b, false
	}
	for before[0].Began != after[0].Began {
		from := min(before[0].Began, after[0].Began)
		x, y := was.episodes(sensor, from), would.episodes(sensor, from)
		if len(x) == 0 || len(y) == 0 {
			return a, b, false
		}
		if x[0].Began == before[0].Began && y[0].Began == after[0].Began {
			break // one episode began before the window
		}
		before, after = x, y
	}
	figures(&a, before)
	figures(&b, after)
	return a, b, true
}

func (r *replay) track(sensor int) track {
	v := &r.snap.Sensors[sensor]
	return track{Columns: v.Columns, Attempts: int(v.Counts.Attempts)}
}

// episodes are the episodes of a sensor, oldest first. The first is the one that was
// active at the given time, or the last before it. The newest may not have ended.
func (r *replay) episodes(sensor int, at time.Duration) (found []verdict.Verdict) {
	take := func(v verdict.Verdict) {
		if v.Began <= at {
			found = found[:0]
		}
		found = append(found, v)
	}
	for _, v := range r.snap.Verdicts {
		if v.Sensor == sensor {
			take(v)
		}
	}
	if v, under := r.counts.Episode(sensor); under {
		take(v)
	}
	return found
}

// figures sets the figures of a track from episodes. Back is not known where the last
// episode has not ended.
func figures(l *track, list []verdict.Verdict) {
	first, last := &list[0], &list[len(list)-1]
	l.Seen = figure{Time: first.SeenAfter, Known: first.Seen}
	l.Back = figure{Time: last.Back, Known: last.Over > 0}
	l.Attempts = 0
	for i := range list {
		l.Attempts += list[i].Attempts
	}
}

// elsewhere names the other circuits that would open, and would not have opened
// otherwise, if all sensors had these settings.
func (a rehearsal) elsewhere(was *replay) (text string, worse bool, err error) {
	switch {
	case len(was.snap.Sensors) < 2:
		return "there are none", false, nil
	case len(a.others) == 0:
		return "as they are: nothing differs from the scenario", false, nil
	}
	change := map[int]policy.Policy{a.sensor: a.draft}
	for i, p := range a.others {
		change[i] = p
	}
	all, err := replayed(a.window, change)
	if err != nil {
		return "", false, err
	}
	// Compare with the policies in force now: during the window the sensors may have
	// had other settings.
	now, err := replayed(a.window, a.inForce)
	if err != nil {
		return "", false, err
	}
	var nothing, too, fewer []string
	for i := range was.snap.Sensors {
		v := &all.snap.Sensors[i]
		did, would := now.snap.Sensors[i].Tripping != nil, v.Tripping != nil
		switch {
		case i == a.sensor || did == would:
		case did:
			fewer = append(fewer, dialog.SensorName(v.Sensor))
		case faultedIn(v.Columns):
			too = append(too, dialog.SensorName(v.Sensor))
		default:
			nothing = append(nothing, dialog.SensorName(v.Sensor))
		}
	}
	return elsewhereText(a.at, nothing, too, fewer), len(nothing) > 0, nil
}

func elsewhereText(at string, nothing, too, fewer []string) string {
	var parts []string
	if len(nothing) > 0 {
		parts = append(parts, words.List(nothing)+" would open for nothing")
	}
	if len(too) > 0 {
		parts = append(parts, words.List(too)+" would open too")
	}
	if len(parts) == 0 {
		parts = append(parts, "no other circuit would open")
	}
	if len(fewer) > 0 {
		parts = append(parts, words.List(fewer)+" would stay closed")
	}
	return at + " " + strings.Join(parts, ", ")
}

func faultedIn(columns []stats.Column) bool {
	for i := range columns {
		if columns[i].Fault {
			return true
		}
	}
	return false
}

// rehearse simulates the window again with the draft. One such Cmd runs at a time; a
// change meanwhile only marks that one more is wanted.
func (t *Panel) rehearse() tea.Cmd {
	if t.window == nil {
		return nil
	}
	t.ghost.Old = t.ghost.Ready
	if t.busy {
		t.wanted = true
		return nil
	}
	t.busy, t.wanted = true, false
	a := rehearsal{window: t.window, about: t.about, sensor: t.sensor, draft: t.draft, was: t.was, inForce: map[int]policy.Policy{}}
	for i, p := range t.inForce {
		if i != t.sensor {
			a.inForce[i] = p
		}
	}
	a.others, a.at = t.given()
	return func() tea.Msg {
		was, ghost, err := a.run()
		return ghostMsg{panel: t, was: was, ghost: ghost, err: err}
	}
}

// Take shows the result, and starts another rehearsal where the draft has changed
// meanwhile.
func (msg ghostMsg) Take(dialog.View, dialog.Host) tea.Cmd {
	t := msg.panel
	t.busy, t.was = false, msg.was
	if msg.err != nil {
		t.ghost = outcome{Why: "cannot be run again: " + msg.err.Error()}
	} else {
		t.ghost = msg.ghost
	}
	if t.wanted {
		return t.rehearse()
	}
	return nil
}
