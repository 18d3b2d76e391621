package eventlist

import (
	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
	"resiltui/internal/views"
)

const (
	// mostHeld is the maximum number of lines that are kept around the cursor.
	mostHeld = 4096
	// heldEdge is how many lines before the end of the kept lines the cursor must be
	// for more lines to be loaded; heldStep is how many are loaded on each side.
	heldEdge, heldStep = 64, 256
)

// List is the position in the list of events. The zero value follows the newest
// line.
type List struct {
	// held is true while there is a cursor in lines, which are in order from the
	// oldest; top is the first of them that is visible.
	held        bool
	lines       []sentence.Line
	cursor, top int
	// begins says that the list has no lines before these, ends that it has none
	// after. seen is the number of the newest event that was known when they were
	// loaded.
	begins, ends bool
	seen         uint64

	// Search is the text to search for; empty is no search. Only says that only
	// events of the sensor are shown.
	Search string
	Only   bool
	sensor int

	run *event.Run
	// span holds the part of the history that was read, so that older lines do not
	// need it again; wanted are the places to load, one at a time.
	span   history.Span
	wanted []place
	busy   bool
	id     int
	// beyond is by how many lines the cursor was moved past the kept lines.
	beyond int
}

// View is what the list must know of the screen: the present snapshot, and how many
// lines are visible. Snap is never nil.
type View struct {
	Snap *stats.Snapshot
	Rows int
}

// shows says whether a line passes the filter.
func (j *List) shows(l sentence.Line) bool { return !j.Only || l.Sensor == j.sensor }

// tail is the newest lines in the snapshot that pass the filter.
func (j *List) tail(v View) []sentence.Line {
	lines := v.Snap.Lines
	if !j.Only {
		return lines
	}
	var out []sentence.Line
	for _, l := range lines {
		if j.shows(l) {
			out = append(out, l)
		}
	}
	return out
}

// At is the line at the cursor; without a cursor, the newest line.
func (j *List) At(v View) (l sentence.Line, ok bool) {
	lines, i := j.lines, j.cursor
	if !j.held {
		lines = j.tail(v)
		i = len(lines) - 1
	}
	if i < 0 || i >= len(lines) {
		return sentence.Line{}, false
	}
	return lines[i], true
}

// Hold sets the cursor on the newest line, where it stays while new lines arrive.
func (j *List) Hold(v View) {
	if j.held {
		return
	}
	snap := v.Snap
	j.lines = append([]sentence.Line{}, j.tail(v)...)
	j.held, j.cursor = true, max(len(j.lines)-1, 0)
	j.top = max(len(j.lines)-v.Rows, 0)
	j.begins, j.ends = len(snap.Lines) == snap.LinesTotal, true
	j.seen = newest(snap.Lines)
}

// Follow removes the cursor and follows the newest line again.
func (j *List) Follow() {
	*j = List{Search: j.Search, Only: j.Only, sensor: j.sensor, run: j.run, id: j.id + 1}
}

func newest(lines []sentence.Line) uint64 {
	if len(lines) == 0 {
		return 0
	}
	return lines[len(lines)-1].Seq
}

// Grow appends new lines below the kept ones.
func (j *List) Grow(s *stats.Snapshot) {
	if j.run != s.Run {
		*j = List{Search: j.Search, Only: j.Only, sensor: j.sensor, run: s.Run, id: j.id + 1}
	}
	if !j.held || !j.ends || len(s.Lines) == 0 || newest(s.Lines) <= j.seen {
		return
	}
	if len(s.Lines) < s.LinesTotal && s.Lines[0].Seq > j.seen {
		j.ends = false // the snapshot does not hold all of the new lines
		return
	}
	for _, l := range s.Lines {
		if l.Seq > j.seen && j.shows(l) {
			j.lines = append(j.lines, l)
		}
	}
	j.seen = newest(s.Lines)
	if n := len(j.lines) - mostHeld; n > 0 && j.cursor > n+heldEdge {
		j.lines = append([]sentence.Line{}, j.lines[n:]...)
		j.cursor, j.top, j.begins = j.cursor-n, max(j.top-n, 0), false
	} else if n > 0 {
		j.lines, j.ends = j.lines[:mostHeld], false
	}
}

// Shown is the visible part around the cursor, for a page to draw.
func (j *List) Shown(v View) views.Log {
	h := v.Rows
	log := views.Log{Search: j.Search, Busy: j.busy && len(j.wanted) > 0}
	if !j.held {
		tail := j.tail(v)
		log.Lines = tail[max(len(tail)-h, 0):]
		log.Cursor, log.Following = len(log.Lines)-1, true
		return log
	}
	if j.cursor < j.top {
		j.top = j.cursor
	}
	j.top = max(j.top, j.cursor-h+1)
	j.top = max(min(j.top, len(j.lines)-h), 0)
	end := min(j.top+h, len(j.lines))
	log.Lines = j.lines[j.top:max(end, j.top)]
	log.Cursor, log.Newer = j.cursor-j.top, -1
	if j.ends {
		log.Newer = len(j.lines) - 1 - j.cursor
	}
	return log
}

// Move moves the cursor by lines. At the last line the list follows the newest line
// again.
func (j *List) Move(v View, by int) {
	if by >= 0 && !j.held {
		return
	}
	j.Hold(v)
	to := j.cursor + by
	switch {
	case len(j.lines) == 0:
		j.Follow()
		return
	case to < 0:
		if !j.begins {
			j.beyond += to
		}
		to = 0
	case to >= len(j.lines)-1 && j.ends:
		j.Follow()
		return
	case to >= len(j.lines):
		j.beyond += to - len(j.lines) + 1
		to = len(j.lines) - 1
	}
	j.cursor = to
}

// Start goes to the oldest line that is kept in the history.
func (j *List) Start(v View) {
	j.Hold(v)
	if j.begins {
		j.cursor = 0
		return
	}
	j.want(place{kind: toFirst})
}

// Choose sets the cursor on a visible line.
func (j *List) Choose(v View, line int) {
	j.Hold(v)
	j.cursor = j.top + line
}

// ToggleOnly shows only the events of a sensor, or all again.
func (j *List) ToggleOnly(sensor int) {
	j.Only, j.sensor = !j.Only, sensor
	j.Follow()
}

// Selected filters by the newly selected sensor, where the list shows the events of
// one sensor.
func (j *List) Selected(sensor int) {
	if j.Only && j.sensor != sensor {
		j.Follow()
		j.sensor = sensor
	}
}

// Match goes to the next match of the search in the direction of step. none says
// that there is no match; it is empty where there is one, or where the search is
// still running.
func (j *List) Match(v View, step int) (none string) {
	j.Hold(v)
	for i := j.cursor + step; i >= 0 && i < len(j.lines); i += step {
		if views.LineMatches(j.lines[i], j.Search) {
			j.cursor = i
			return ""
		}
	}
	if (step < 0 && j.begins) || (step > 0 && j.ends) || len(j.lines) == 0 {
		return noMatch(step > 0)
	}
	kind := toEarlier
	if step > 0 {
		kind = toLater
	}
	j.want(place{kind: kind, seq: j.lines[j.cursor].Seq})
	return ""
}

func noMatch(later bool) string {
	if later {
		return "no later event matches"
	}
	return "no earlier event matches"
}
