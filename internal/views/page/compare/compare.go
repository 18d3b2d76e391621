package compare

import (
	"fmt"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// plan is how many lines each part of the comparison has, frames and
// rules included.
type plan struct {
	// boxed parts have frames; ruled ones a rule above. legend is the rule above the marks
	// alone, which says what they mean.
	boxed, ruled, legend bool
	// marks is the lines of marks; columns how many batches one holds; axis the
	// time below them.
	marks, columns int
	axis           bool
	// figures is the lines of the table of both pipelines, with its head; gains those of what
	// each policy contributed; words those of the sentence below; luck that of the line about
	// other seeds.
	figures, gains, words, luck int
	// sensors is how many have a line in the table of sensors.
	sensors int
}

// Lines of the comparison's parts.
const (
	compareFigures = 6
	compareGains   = 3
	// endpointFigures is the head and the attempts.
	endpointFigures = 2
	// legendWidth is what the rule above the marks takes to say what they mean.
	legendWidth = 60
	// compareGainsWidth is what the box of the policies takes.
	compareGainsWidth = 48
)

// Page is the page that compares the pipeline with policies to the naive one.
type Page struct{}

// Title names the page.
func (Page) Title() string { return "Compare" }

// Layout plans the page: with policies and without.
func (Page) Layout(f *views.Frame, l *views.Layout) views.Body {
	l.Kind = views.Paged
	if f.Beside() {
		return planBeside(f, l)
	}
	c := new(plan)
	c.marks, c.words, c.luck = 2, 1, 1
	if run := f.Snap.Run; !views.HasComparison(run) {
		c.marks, c.luck = 1, 0
		if run == nil || f.Real() {
			c.marks = 0
		}
	}
	room := l.Room()
	if l.Width >= views.BoxedWidth && room >= views.BoxedRoom {
		c.planBoxed(l, room)
	} else {
		c.planPlain(l, room)
	}
	l.Want.Batches = c.columns
	return c
}

// planBoxed frames the marks, the figures with the policies beside them, and
// the table of sensors.
func (c *plan) planBoxed(l *views.Layout, room int) {
	const frame, events = 2, 3
	c.boxed, c.axis, c.gains, c.words = true, c.marks > 0, compareGains, 2
	c.columns = max(l.Width-views.TrackGutter, 0)
	used := compareFigures + c.words + frame
	if c.figures = compareFigures; c.marks > 0 {
		used += c.luck + c.marks + 1 + frame
	} else {
		c.figures = endpointFigures
		used += max(endpointFigures, compareGains) - compareFigures
	}
	c.planTable(l, used+2, room-used-frame-1-events, frame+1)
}

// planTable places at most n lines of sensors, from line y of the room on, and gives the rest
// to the events; beside is how many other lines the table has.
func (c *plan) planTable(l *views.Layout, y, n, beside int) {
	l.Window(max(n, 0), 1)
	c.sensors = len(l.Visible)
	for i := range l.Visible {
		l.Cells = append(l.Cells, draw.At(0, l.Header+y+i, l.Width, 1))
	}
	end := l.Header + y + c.sensors
	if beside > 1 {
		end++
	}
	l.Rest(end, false)
}

// planPlain adds one part after the other, what matters most first, until
// there is no room.
func (c *plan) planPlain(l *views.Layout, room int) {
	c.columns = max(l.Width-views.RowGutter-1, 0)
	c.words = min(1, room)
	marks := min(c.marks, room-c.words)
	c.marks = 0
	left := room - c.words - marks
	c.marks = max(marks, 0)
	take := func(n int) bool {
		if n > left {
			return false
		}
		left -= n
		return true
	}
	if c.marks > 0 && take(compareFigures) {
		c.figures = compareFigures
	} else if c.marks == 0 && take(endpointFigures) {
		c.figures = endpointFigures
	}
	if c.luck > 0 && !take(1) {
		c.luck = 0
	}
	rows := 0
	if left == 2 && c.figures == compareFigures { // the attempts, for two sensors
		c.figures--
		left++
	}
	if take(3) {
		rows = 2
	}
	c.axis = c.marks > 0 && take(1)
	if take(compareGains) {
		c.gains = compareGains
	}
	for rows > 0 && rows < l.Sensors && take(1) {
		rows++
	}
	c.ruled = take(3)
	c.legend = !c.ruled && c.axis && l.Width >= legendWidth && take(1)
	y := c.marks + views.OneIf(c.axis) + c.figures + c.gains + c.words + c.luck + views.OneIf(c.legend)
	if c.ruled {
		y += 3 - views.OneIf(c.marks == 0)
	}
	c.planTable(l, y+1, rows, 1)
	if l.Events.H < 2 || c.sensors == 0 {
		l.Events = draw.Rect{}
	}
}

// drawing is the page being drawn.
type drawing struct {
	*views.Screen
	plan *plan
}

// Draw draws the page: with policies and without.
func (c *plan) Draw(screen *views.Screen) {
	s := drawing{screen, c}
	if c.boxed {
		s.compareFramed()
	} else {
		s.compareLines()
	}
	s.EventsBelow()
}

func (s *drawing) compareFramed() {
	c := s.plan
	title := func(text string) []draw.Seg { return []draw.Seg{draw.Words(draw.Plain, text)} }
	if c.marks > 0 {
		s.twoRows(s.Boxed(c.marks+3, title("batch by batch"), s.marksLegend()))
	}
	gains := compareGainsWidth
	if s.Layout.Width >= views.DrawnWidth {
		gains += 4
	}
	left, right := s.Side(max(c.figures, compareGains)+c.words+c.luck+2, s.Layout.Width-gains)
	p := s.Panelled(left, title("what it cost, and what it brought"), nil)
	s.compareFigures(p)
	for _, text := range s.compareWords(p.Width() - 1) {
		p.Next()
		p.Clip(draw.Strong, text, p.Width()-1)
	}
	s.compareLuck(p)
	p = s.Panelled(right, title("what each policy did"), nil)
	s.compareGains(p)
	if c.figures > 0 && views.HasComparison(s.Frame.Snap.Run) {
		p.Next()
		s.compareBars(p)
	}
	s.sensorTable(s.Boxed(c.sensors+3, title("sensor by sensor, with policies"), nil))
}

func (s *drawing) compareLines() {
	c, p := s.plan, &s.Pen
	inset := func(h int) *draw.Pen {
		at := p.Take(h)
		return s.In(draw.At(at.X+1, at.Y, at.W-1, h))
	}
	rule := func(title string) {
		if c.ruled {
			s.Ruled([]draw.Seg{draw.Words(draw.Plain, title)}, nil)
		}
	}
	if c.marks > 0 {
		if c.ruled || c.legend {
			s.Ruled([]draw.Seg{draw.Words(draw.Plain, "batch by batch")}, s.marksLegend())
		}
		s.twoRows(p)
	}
	rule("what it cost, and what it brought")
	s.compareFigures(inset(c.figures))
	lines := inset(c.words)
	for _, text := range s.compareWords(s.Layout.Width - 2)[:c.words] {
		lines.Next()
		lines.Clip(draw.Strong, text, s.Layout.Width-2)
	}
	s.compareLuck(inset(c.luck))
	if c.gains > 0 {
		s.compareGains(inset(c.gains))
	}
	if c.sensors > 0 {
		rule("sensor by sensor, with policies")
		s.sensorTable(s.In(p.Take(c.sensors + 1)).Narrow(1))
	}
}

func (s *drawing) marksLegend() []draw.Seg {
	all := words.All(len(s.sensorsOfRun()))
	yes, yesRole := views.MarkSign(event.MarkLive)
	no, noRole := views.MarkSign(event.MarkMissing)
	return []draw.Seg{draw.Words(yesRole, yes), draw.Words(draw.Label, " delivered "+all+"  "), draw.Words(noRole, no), draw.Words(draw.Label, " did not")}
}

// sensorsOfRun is all sensors, filtered or not.
func (s *drawing) sensorsOfRun() []int {
	all := views.Frame{Snap: s.Frame.Snap}
	return all.Sensors()
}

// twoRows are the marks of the two pipelines, one a batch, and the time below.
func (s *drawing) twoRows(p *draw.Pen) {
	c, v := s.plan, &s.Frame.Snap.Pipeline
	s.batchMarks(p, "with", v.With)
	if c.marks > 1 {
		s.batchMarks(p, "naive", v.Naive)
	}
	if c.axis {
		var interval time.Duration
		if s.Frame.Snap.Run != nil {
			interval = s.Frame.Snap.Run.Interval
		}
		p.Next()
		s.TimeAxis(p, views.RowGutter, c.columns, interval)
	}
}

func (s *drawing) batchMarks(p *draw.Pen, name string, batches []bool) {
	p.Next()
	p.Text(draw.Label, fmt.Sprintf("%5s ", name))
	views.DrawBatches(p, batches, s.plan.columns)
}

// compareWords is the comparison in a sentence, or why there is none; two lines
// of w cells.
func (s *drawing) compareWords(w int) []string {
	text := s.compareSentence(true)
	if s.plan.words == 1 && words.Width(text) > w {
		text = s.compareSentence(false)
	}
	return append(words.Wrap(text, w, 2), "")[:2]
}
