package eventlist

import (
	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
	"resiltui/internal/views"
)

const (
	// mostHeld is how many lines of the log are kept around the cursor.
	mostHeld = 4096
	// heldEdge is how near to the end of what is kept the cursor comes before
	// more is looked up; heldStep how much that is, either way.
	heldEdge, heldStep = 64, 256
)

// List is where one is in the log of events. The zero value follows the
// newest line.
type List struct {
	// held is true while a cursor stands somewhere in lines, oldest first; top
	// is the first of them in view.
	held        bool
	lines       []sentence.Line
	cursor, top int
	// begins says that nothing is before the lines, ends that nothing is after
	// them. seen is the number of the newest event known when they were taken.
	begins, ends bool
	seen         uint64

	// Search is what is looked for; empty is nothing. Only says that nothing but the
	// events of the sensor is shown.
	Search string
	Only   bool
	sensor int

	run *event.Run
	// reach keeps what was looked up, so that older lines need no second look at
	// the run; wanted are the steps to be looked up, one at a time.
	reach  history.Reach
	wanted []place
	busy   bool
	id     int
	// beyond is how far the cursor went past what is kept.
	beyond int
}

// View is what the list of events is shown of: what the screen knows, and how
// many lines of it are in view. Snap is never nil.
type View struct {
	Snap *stats.Snapshot
	Rows int
}

// shows is true for lines that are not filtered out.
func (j *List) shows(l sentence.Line) bool { return !j.Only || l.Sensor == j.sensor }

// tail is the newest lines that the snapshot has.
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

// At is the line at the cursor; the newest one while there is none.
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

// Hold puts the cursor on the newest line, where it stays.
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

// Follow goes back to the newest line.
func (j *List) Follow() {
	*j = List{Search: j.Search, Only: j.Only, sensor: j.sensor, run: j.run, id: j.id + 1}
}

func newest(lines []sentence.Line) uint64 {
	if len(lines) == 0 {
		return 0
	}
	return lines[len(lines)-1].Seq
}

// Grow takes new lines in below the ones that are held.
func (j *List) Grow(s *stats.Snapshot) {
	if j.run != s.Run {
		*j = List{Search: j.Search, Only: j.Only, sensor: j.sensor, run: s.Run, id: j.id + 1}
	}
	if !j.held || !j.ends || len(s.Lines) == 0 || newest(s.Lines) <= j.seen {
		return
	}
	if len(s.Lines) < s.LinesTotal && s.Lines[0].Seq > j.seen {
		j.ends = false // more came at once than the snapshot holds
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

// Shown is the part in view, around the cursor, as a page draws it.
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

// Move moves the cursor by lines, and comes back to the newest one at the end.
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

// Start goes to the oldest line within reach.
func (j *List) Start(v View) {
	j.Hold(v)
	if j.begins {
		j.cursor = 0
		return
	}
	j.want(place{kind: toFirst})
}

// Choose puts the cursor on a line of those in view.
func (j *List) Choose(v View, line int) {
	j.Hold(v)
	j.cursor = j.top + line
}

// ToggleOnly shows the events of a sensor alone, or all again.
func (j *List) ToggleOnly(sensor int) {
	j.Only, j.sensor = !j.Only, sensor
	j.Follow()
}

// Selected follows the selection where the events of one sensor are shown.
func (j *List) Selected(sensor int) {
	if j.Only && j.sensor != sensor {
		j.Follow()
		j.sensor = sensor
	}
}

// Match goes on to a match of the search, line by line with this step. none says
// that there is none; it is empty where there is one, or where it is looked for.
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
