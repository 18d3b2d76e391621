package tune

import (
	"strconv"

	"resiltui/internal/engine/policy"
	"resiltui/internal/model/dialog"
	"resiltui/internal/sentence"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// Sizes of the panel, in cells.
const (
	// leastWidth and leastHeight are the smallest screen on which the panel can be
	// used; mostWidth is its maximum width.
	leastWidth, leastHeight, mostWidth = 48, 12, 84
	// groupsFrom is the inner width from which on the groups have a column.
	groupsFrom = 66
	// fixedLines is the number of lines other than settings: the border, the rule,
	// the two tracks, the faults, the other sensors, and the hint.
	fixedLines = 8
)

// Draw draws the panel. Where there is no room, the box says so.
func (t *Panel) Draw(v dialog.View) draw.Box {
	title := "tune " + sentence.SensorTitle(t.run.Sensors[t.sensor])
	if v.Width < leastWidth || v.Height < leastHeight {
		return draw.NoRoom(v.Look, title, v.Width, v.Height, leastWidth, leastHeight)
	}
	room := min(settingsIn(v.Height), len(t.rows))
	first := min(max(t.cursor-room/2, 0), len(t.rows)-room)
	place := ""
	if room < len(t.rows) {
		place = " " + strconv.Itoa(t.cursor+1) + " of " + strconv.Itoa(len(t.rows)) + " "
	}
	s := draw.NewBoxBuilder(v.Look, min(v.Width-2, mostWidth)-4, " "+title+" ", place)
	scenario := t.scenario(t.sensor)
	for i := first; i < first+room; i++ {
		t.drawRow(s, i, i == first, scenario)
	}
	s.Note(t.note(v))
	drawOutcome(s, &t.ghost)
	return s.Finish(t.hints())
}

// settingsIn is how many settings the panel shows on a screen of this height.
func settingsIn(height int) int {
	if height >= 20 {
		height -= 2
	}
	return max(height-fixedLines, 0)
}

// drawRow draws one setting.
func (t *Panel) drawRow(s *draw.BoxBuilder, i int, first bool, scenario policy.Policy) {
	const group, label = 10, 21
	row := &t.rows[i]
	s.Next()
	from := s.X
	name, why := draw.Plain, off(row.Name, t.draft)
	switch {
	case why != "":
		name = draw.Faint
	case i == t.cursor:
		name = draw.Strong
	}
	if i == t.cursor {
		s.Glyph(draw.Accent, s.Look.Selected)
	}
	at := from + 2
	if s.Inner >= groupsFrom {
		s.To(at)
		if first || t.rows[i-1].group != row.group {
			s.Text(draw.Label, row.group)
		}
		at += group
	}
	s.To(at)
	s.Clip(name, row.Label, label-1)
	s.To(at + label)
	switch {
	case i == t.cursor && t.typed != nil:
		drawTyped(s, t.typed.View(row.Range, t.wrong() != nil))
	case why != "":
		s.Clip(draw.Faint, row.Get(t.draft)+"  "+why, s.Limit-s.X)
	default:
		t.drawValue(s, row, row.Get(scenario))
	}
	s.Row(i, 1, s.Inner+3)
}

// drawTyped draws a text field with the allowed range beside it.
func drawTyped(s *draw.BoxBuilder, f *draw.Field) {
	const most = 16
	at := s.X
	s.Field(f, most)
	s.To(min(at+max(words.Width(f.Text)+3, 6), at+most+2))
	r, text := draw.Label, f.Range
	if f.Wrong {
		r, text = draw.Fail, "no: "+f.Range
	}
	s.Clip(r, text, s.Limit-s.X)
}

// drawValue draws the chosen value, and the value in force where it differs.
func (t *Panel) drawValue(s *draw.BoxBuilder, row *row, scenario string) {
	before, value := row.Get(t.inForce[t.sensor]), row.Get(t.draft)
	if value != before {
		s.Text(draw.Label, before+" "+s.Look.Arrow+" ")
		s.Clip(draw.Stale, value, s.Limit-s.X)
	} else {
		s.Clip(draw.Plain, value, s.Limit-s.X)
	}
	if unit := row.UnitOf(value); unit != "" && value != policy.Off {
		s.Clip(draw.Label, " "+unit, s.Limit-s.X)
	}
	if value == before && value != scenario {
		s.Clip(draw.Stale, "  (scenario: "+scenario+")", s.Limit-s.X)
	}
}

// note is the error in the value that is typed; otherwise the result of the last
// key; otherwise what the setting at the cursor does.
func (t *Panel) note(v dialog.View) (text string, bad bool) {
	at := &t.rows[t.cursor]
	if t.typed != nil {
		if err := t.wrong(); err != nil {
			return err.Error(), true
		}
	}
	if text, bad = t.remark.Shown(v); text != "" {
		return text, bad
	}
	if t.typed != nil {
		return at.Help, false
	}
	return at.Range + "   " + at.Help, false
}

// hints are the keys of the panel, the most important first.
func (t *Panel) hints() []draw.Hint {
	if t.typed != nil {
		return []draw.Hint{{Key: "enter", Word: "take it"}, {Key: "esc", Word: "leave it"}}
	}
	enter := "type a value"
	if t.differs() {
		enter = "apply"
	}
	return []draw.Hint{
		{Key: "enter", Word: enter},
		{Key: "right", Word: "more"},
		{Key: "*", Word: "to all"},
		{Key: "T", Word: "undo"},
		{Key: "y", Word: "code"},
		{Key: "w", Word: "file"},
		{Key: "esc"},
	}
}
