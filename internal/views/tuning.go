package views

import (
	"fmt"
	"strconv"
	"time"

	"resiltui/internal/stats"
	"resiltui/internal/words"
)

// Sizes of the tuning panel.
const (
	// tuneWidth and tuneHeight are the least screen that it can be used on;
	// tuneMost is how wide it is where there is room.
	tuneWidth, tuneHeight, tuneMost = 48, 12, 84
	// tuneGroups is from which width of the inside on the groups have a column.
	tuneGroups = 66
	// tuneFixed is its lines beside the settings: the edges, the rule, the two
	// lanes, the faults, the other sensors, and the hint.
	tuneFixed = 8
	// laneLabel is the width of the names of the lanes, laneShort where the lanes
	// would lose calls by it.
	laneLabel, laneShort = 11, 7
	// laneFigures is what stands behind a lane.
	laneFigures = 27
)

// RehearsedBatches is how many batches the lanes of the tuning panel show.
const RehearsedBatches = 30

// TuneRow is one setting in the tuning panel.
type TuneRow struct {
	// Group is what the setting is about ("trip"); Label and Unit stand before
	// and after the value.
	Group, Label, Unit string
	// Old is the value in force, New the one chosen; they are equal where nothing
	// was chosen. Scenario is the value that the run began with.
	Old, New, Scenario string
	// Off says why the setting means nothing here; empty where it does.
	Off string
}

// Tuning is what the tuning panel shows.
type Tuning struct {
	// Title names the sensor.
	Title string
	Rows  []TuneRow
	// Cursor is the row that keys act on.
	Cursor int
	// Typed is the open text field on the cursor's row, nil where there is none.
	Typed *Field
	// Hint says what the setting at the cursor does; Note, in its place, what became
	// of the last key, Bad where it did not do what it should.
	Hint, Note string
	Bad        bool
	Ghost      Ghost
	Keys       []Hint
}

// Ghost is the newest batches of a sensor as they were, and as they would have
// been with other settings.
type Ghost struct {
	// Why says why there is none; empty where there is.
	Why string
	// Ready is true once it is there; Old while it is of settings that have been
	// changed since.
	Ready, Old bool
	// From and To frame the batches in the time of the run.
	From, To time.Duration
	// Was and Would are the two lanes.
	Was, Would Lane
	// Faulted says that the attempts are those under the injected faults.
	Faulted bool
	// Elsewhere says what the same settings would have done to the other sensors;
	// Worse is true where that is no good.
	Elsewhere string
	Worse     bool
}

// Lane is one of the two.
type Lane struct {
	// Columns are the calls, oldest first.
	Columns []stats.Column
	// Seen is the time from the fault's start to the opening of the circuit, Back
	// that from the fault's end to the first good call of a closed circuit.
	Seen, Back Figure
	// Attempts were sent.
	Attempts int
}

// Figure is a time, where Known.
type Figure struct {
	Time  time.Duration
	Known bool
}

// text is a figure in six cells, "-" where it is not known.
func (f Figure) text() string {
	if !f.Known {
		return "     -"
	}
	return fmt.Sprintf("%6s", stats.Seconds(f.Time))
}

// TuneBox draws the tuning panel for a screen of width × height cells. Where that
// is too small the box says so.
func TuneBox(t *Tuning, width, height int, look *Look) Box {
	if width < tuneWidth || height < tuneHeight {
		return noRoom(look, "tune "+t.Title, width, height, tuneWidth, tuneHeight)
	}
	inner := min(width-2, tuneMost) - 4
	room := min(TuneRoom(height), len(t.Rows))
	first := min(max(t.Cursor-room/2, 0), len(t.Rows)-room)
	right := ""
	if room < len(t.Rows) {
		right = " " + strconv.Itoa(t.Cursor+1) + " of " + strconv.Itoa(len(t.Rows)) + " "
	}
	s := newSheet(look, inner, " tune "+t.Title+" ", right)
	for i := first; i < first+room; i++ {
		tuneRow(s, t, i, i == first)
	}
	if t.Note != "" {
		s.note(t.Note, t.Bad)
	} else {
		s.note(t.Hint, false)
	}
	ghost(s, &t.Ghost)
	return s.finish(t.Keys)
}

// TuneRoom is how many settings the tuning panel shows on a screen of so many
// lines.
func TuneRoom(height int) int {
	if height >= 20 {
		height -= 2
	}
	return max(height-tuneFixed, 0)
}

// tuneRow draws one setting.
func tuneRow(s *sheet, t *Tuning, i int, first bool) {
	const group, label = 10, 21
	row := &t.Rows[i]
	s.line()
	from := s.w
	name := rolePlain
	switch {
	case row.Off != "":
		name = roleFaint
	case i == t.Cursor:
		name = roleStrong
	}
	if i == t.Cursor {
		s.glyph(roleAccent, s.look.selected)
	}
	at := from + 2
	if s.inner >= tuneGroups {
		s.to(at)
		if first || t.Rows[i-1].Group != row.Group {
			s.text(roleLabel, row.Group)
		}
		at += group
	}
	s.to(at)
	s.clip(name, row.Label, label-1)
	s.to(at + label)
	if i == t.Cursor && t.Typed != nil {
		typedValue(s, t.Typed)
	} else {
		tuneValue(s, row)
	}
	s.row(i, 1, s.inner+3)
	s.endLine()
}

// typedValue draws a text field with what is allowed beside it.
func typedValue(s *sheet, f *Field) {
	const most = 16
	at := s.w
	s.field(f, most)
	s.to(min(at+max(words.Width(f.Text)+3, 6), at+most+2))
	r, text := roleLabel, f.Range
	if f.Wrong {
		r, text = roleFail, "no: "+f.Range
	}
	s.clip(r, text, s.limit-s.w)
}

// tuneValue draws the value, and what it was.
func tuneValue(s *sheet, row *TuneRow) {
	if row.Off != "" {
		s.clip(roleFaint, row.New+"  "+row.Off, s.limit-s.w)
		return
	}
	if row.New != row.Old {
		s.text(roleLabel, row.Old+" "+s.look.arrow+" ")
		s.clip(roleStale, row.New, s.limit-s.w)
	} else {
		s.clip(rolePlain, row.New, s.limit-s.w)
	}
	if row.Unit != "" && row.New != offWord {
		s.clip(roleLabel, " "+row.Unit, s.limit-s.w)
	}
	if row.New == row.Old && row.New != row.Scenario {
		s.clip(roleStale, "  (scenario: "+row.Scenario+")", s.limit-s.w)
	}
}

// offWord is the value of a setting that does nothing.
const offWord = "off"

// ghost draws the lanes and what goes with them, in five lines whatever is known.
func ghost(s *sheet, g *Ghost) {
	if !g.Ready {
		why := g.Why
		if why == "" {
			why = "running the newest batches again"
		}
		s.rule("")
		s.note(why, false)
		for range 3 {
			s.note("", false)
		}
		return
	}
	s.rule("run again: " + words.Clock(g.From) + " to " + words.Clock(g.To) + ", same draws, same faults")
	label, others := laneLabel, "elsewhere"
	if s.inner < laneLabel+RehearsedBatches+laneFigures {
		label, others = laneShort, "others"
	}
	f := laneForm{label, min(RehearsedBatches, s.inner-label-laneFigures)}
	drawLane(s, "was", &g.Was, f, false)
	drawLane(s, "would", &g.Would, f, g.Old)
	s.line()
	laneName(s, "fault", f)
	faultLane(s, g.Was.Columns, f.columns)
	s.to(2 + f.label + f.columns + 3)
	attempts(s, g)
	s.endLine()
	s.line()
	laneName(s, others, f)
	r := rolePlain
	if g.Worse {
		r = roleFail
	}
	s.clip(r, g.Elsewhere, s.limit-s.w)
	s.endLine()
}

// laneForm is the width of the lanes' names, and how many calls they show.
type laneForm struct{ label, columns int }

func laneName(s *sheet, name string, f laneForm) {
	s.text(roleLabel, name)
	s.to(2 + f.label)
}

// lane draws one state track with its figures.
func drawLane(s *sheet, name string, l *Lane, f laneForm, old bool) {
	s.line()
	laneName(s, name, f)
	if old {
		last, before := shown(l.Columns, f.columns)
		s.to(s.w + before)
		for i := range last {
			g, _ := stateSign(s.look, last[i].State, last[i].Probe)
			s.glyph(roleFaint, g)
		}
	} else {
		drawStates(&s.pen, l.Columns, f.columns)
	}
	s.to(2 + f.label + f.columns + 3)
	r := rolePlain
	if old {
		r = roleFaint
	}
	s.text(roleLabel, "seen")
	s.text(r, l.Seen.text())
	s.text(roleLabel, "   back")
	s.text(r, l.Back.text())
	s.endLine()
}

// faultLane marks the calls that met an injected fault.
func faultLane(s *sheet, cols []stats.Column, n int) {
	last, before := shown(cols, n)
	s.to(s.w + before)
	for i := range last {
		if last[i].Fault {
			s.glyph(roleFault, s.look.fault)
		} else {
			s.glyph(rolePlain, " ")
		}
	}
}

func attempts(s *sheet, g *Ghost) {
	s.text(roleLabel, "attempts ")
	r := rolePlain
	if g.Would.Attempts != g.Was.Attempts {
		r = roleStale
	}
	if g.Old {
		r = roleFaint
	}
	s.text(roleLabel, strconv.Itoa(g.Was.Attempts)+" "+s.look.arrow+" ")
	s.text(r, strconv.Itoa(g.Would.Attempts))
	if !g.Faulted {
		s.text(roleLabel, " in all")
	}
}
