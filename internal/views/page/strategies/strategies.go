package strategies

import (
	"fmt"
	"strconv"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/stats"
	"resiltui/internal/stats/counterfactual"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

const (
	// strategyLines is how many lines a sensor has: one for each strategy.
	strategyLines = 3
	// strategyName holds the longest name of a strategy.
	strategyName = len(fallback.NameLastKnownGood)
	// tableLeft is where the figures of the strategies begin, behind the name and the
	// sign of the one in force.
	tableLeft = 2 + strategyName
	// tracksWide is the width from which on there is room for all of a sensor's figures
	// behind its tracks.
	tracksWide = 100
)

// strategyColumns are the columns of the table of the strategies. A mean of errors is shown
// only where all sensors have the same unit: a mean of pressures and temperatures has no
// meaning.
func strategyColumns(mixed bool) []views.Column[*counterfactual.Strategy] {
	of := func(title string, width, rank int, text func(c *counterfactual.Counts) string) views.Column[*counterfactual.Strategy] {
		return views.Column[*counterfactual.Strategy]{
			Title: title, Width: width, Rank: rank, Quiet: words.NotAvailable,
			Text: func(v *counterfactual.Strategy) string { return text(&v.Counts) },
		}
	}
	count := func(title string, width, rank int, n func(c *counterfactual.Counts) uint64) views.Column[*counterfactual.Strategy] {
		return of(title, width, rank, func(c *counterfactual.Counts) string { return words.Count(n(c)) })
	}
	all := []views.Column[*counterfactual.Strategy]{
		of("delivered", 15, 0, func(c *counterfactual.Counts) string {
			return words.Count(c.Delivered()) + " of " + words.Count(c.Calls())
		}),
		count("live", 7, 6, func(c *counterfactual.Counts) uint64 { return c.Live }),
		count("substitutes", 11, 7, func(c *counterfactual.Counts) uint64 { return c.Stale + c.Interpolated }),
		count("dropped", 7, 1, func(c *counterfactual.Counts) uint64 { return c.Dropped }),
		of("freshness", 9, 4, func(c *counterfactual.Counts) string { return words.ShareFixed(c.Freshness()) }),
	}
	if mixed {
		all = append(all, views.Column[*counterfactual.Strategy]{Title: "nearest truth at", Width: 16, Rank: 2, Quiet: words.NotAvailable, Text: nearestText})
	} else {
		all = append(all, of("mean error", 10, 2, meanOffText), of("largest", 8, 3, maxOffText))
	}
	return append(all, of("oldest", 7, 5, oldestText))
}

// nearestText says at how many sensors a strategy was nearer to the truth than the others.
// The strategy drop serves no substitutes, so it has no such figure.
func nearestText(v *counterfactual.Strategy) string {
	if v.Compared == 0 || v.Counts.Stale+v.Counts.Interpolated == 0 {
		return words.NotAvailable
	}
	return fmt.Sprintf("%d of %d sensors", v.Nearest, v.Compared)
}

func meanOffText(c *counterfactual.Counts) string {
	off, ok := c.MeanOff()
	return offText(off, ok)
}

func maxOffText(c *counterfactual.Counts) string { return offText(float64(c.MaxOff)/1e6, c.Judged > 0) }

// offText writes how far a value was off, with few digits.
func offText(off float64, ok bool) string {
	switch {
	case !ok:
		return words.NotAvailable
	case off >= 100:
		return strconv.FormatFloat(off, 'f', 0, 64)
	default:
		return strconv.FormatFloat(off, 'f', 3, 64)
	}
}

func oldestText(c *counterfactual.Counts) string {
	if c.Stale+c.Interpolated == 0 {
		return words.NotAvailable
	}
	return words.Age(c.OldestAge)
}

// Page is the page that compares the three degradation strategies.
type Page struct{}

// Title names the page.
func (Page) Title() string { return "Strategies" }

// plan is the table and the place of the conclusion; long is true where the conclusion has
// whole sentences. heading is true where a line above the sensors names the figures behind
// the tracks, note where the first line says that no sensor of this run serves substitutes.
type plan struct {
	table         views.Table[*counterfactual.Strategy]
	conclusion    draw.Rect
	long, heading bool
	note          bool
}

// rows says how the sensors are arranged: how many are in a row, and how many lines it has.
type rows struct{ sensors, lines int }

// rowsOf makes a row for each sensor, with a line for each strategy. In the scenario that has
// one sensor for each strategy, all with the same random draws, each sensor has only the line
// of its own strategy, and the three are one row, as long as they are neighbours in the list.
func rowsOf(f *views.Frame) rows {
	run := f.Snap.Run
	if run == nil {
		return rows{1, strategyLines}
	}
	for _, group := range run.Sharing() {
		if len(group) != strategyLines {
			return rows{1, strategyLines}
		}
		for k, sensor := range group {
			if f.Order == nil && sensor != group[0]+k {
				return rows{1, 1}
			}
		}
	}
	if f.Order != nil {
		return rows{1, 1}
	}
	return rows{strategyLines, strategyLines}
}

// Layout plans the page: the table of the three strategies, then the sensors, then the
// conclusion. The conclusion has whole sentences if all sensors are still visible then.
func (Page) Layout(f *views.Frame, l *views.Layout) views.Body {
	l.Kind = views.Paged
	plan := new(plan)
	if list := f.Snap.Strategies; len(list) > 0 {
		plan.table = views.FitTable(strategyColumns(list[0].Mixed), l.Width-tableLeft)
	}
	l.Want.Strategies = true
	table := 1 + strategyLines
	if plan.note = f.Beside(); plan.note {
		table++
	}
	room := l.Room() - table
	brief := 1 + strategyLines
	long := 1 + conclusionLines(l.Width)
	row := rowsOf(f)
	count := (l.Sensors + row.sensors - 1) / row.sensors
	each := row.lines
	if each > 1 && room >= long+count*(each+1) { // a blank line between them
		each++
	}
	conclusion := 0
	switch {
	case room >= long+count*each || room >= long+5*strategyLines:
		conclusion, plan.long = long, true
	case room >= brief+strategyLines:
		conclusion = brief
	}
	l.Density = each
	left := l.Width - tracksLeft(f, l.Width)
	l.Columns = max(left-strategyFigures(l.Width), 0)
	y := l.Header + table
	if room-conclusion > count*each && l.Width >= views.SingleWidth {
		plan.heading = true
		room--
		y++
	}
	n := max((room-conclusion)/each, 0)
	l.Window(min(n*row.sensors, l.Sensors), row.sensors)
	for k := range l.Visible {
		lines := row.lines / row.sensors
		l.Cells = append(l.Cells, draw.At(0, y+k/row.sensors*each+k%row.sensors*lines, l.Width, lines))
	}
	y += (len(l.Visible) + row.sensors - 1) / row.sensors * each
	if conclusion > 0 {
		plan.conclusion = draw.At(0, y, l.Width, conclusion)
		y += conclusion
	}
	if l.Height-1-y >= views.RowEvents {
		l.Rest(y, false)
	}
	return plan
}

// tracksLeft is the column where a sensor's tracks begin: behind the names of the sensor and
// of the strategy.
func tracksLeft(f *views.Frame, width int) int {
	names := f.Names(min(views.MostNames, max(width/6, views.LeastNames)))
	if width >= views.SingleWidth {
		names = max(names, views.RowQuality+2) // the value, which is below the name
	}
	return 1 + names + 1 + strategyName + 3
}

// strategyFigures is the width of the figures behind a track.
func strategyFigures(width int) int {
	switch {
	case width >= tracksWide:
		return 46
	case width >= views.SingleWidth:
		return 18
	default:
		return 1
	}
}

// drawing is the page while it is drawn.
type drawing struct {
	*views.Screen
	plan *plan
}

func (s *drawing) tracksLeft() int { return tracksLeft(s.Frame, s.Layout.Width) }

// Draw draws the page: the three strategies.
func (plan *plan) Draw(screen *views.Screen) {
	s := drawing{screen, plan}
	compared := s.Frame.Snap.Strategies
	if len(compared) == 0 {
		s.Pen.Next()
		s.Pen.Clip(draw.Label, " the strategies are not worked out in this run", s.Layout.Width)
		s.EventsBelow()
		return
	}
	p := &s.Pen
	if plan.note {
		p.Next()
		p.Clip(draw.Strong, words.FirstFit(p.Width()-2, " policies beside: nothing is served in place of a failed call; this is what each strategy would have served",
			" policies beside: nothing is served; this is what each would have served", " policies beside: nothing is served"), p.Width()-1)
	}
	p.Next()
	p.Text(draw.Label, " strategy")
	plan.table.Head(p, tableLeft, views.Sort{})
	for i := range compared {
		p.Next()
		s.strategyRow(&compared[i])
	}
	if s.plan.heading {
		s.strategyHeading()
	}
	for k, sensor := range s.Layout.Visible {
		p.Line(s.Layout.Cells[k].Y - 1)
		s.strategySensor(sensor, compared, s.Layout.Cells[k].H)
	}
	if !s.plan.conclusion.Empty() {
		p.Line(s.plan.conclusion.Y - 1)
		s.conclude(compared)
	}
	s.EventsBelow()
}

// strategyHeading names the figures behind the tracks.
func (s *drawing) strategyHeading() {
	p := &s.Pen
	p.Next()
	p.Text(draw.Label, s.Look.Rule+" each sensor, the same calls, ")
	p.Glyph(draw.Accent, s.Look.Info)
	if s.Frame.Beside() {
		p.Text(draw.Label, " with --policies, ")
	} else {
		p.Text(draw.Label, " in force, ")
	}
	for _, m := range []event.Mark{event.MarkStale, event.MarkInterpolated} {
		glyph, r := views.MarkSign(m)
		p.Glyph(r, glyph)
		p.Text(draw.Label, " ")
	}
	p.Text(draw.Label, "substitutes ")
	end := s.tracksLeft() + s.Layout.Columns
	title := func(text string, at int) {
		p.Repeat(draw.Label, s.Look.Rule, at-words.Width(text)-1-p.X)
		p.Text(draw.Label, " "+text+" ")
	}
	switch {
	case s.Layout.Width >= tracksWide:
		title("delivered", end+9)
		p.Text(draw.Label, " error, in its own unit ")
	case s.Layout.Width >= views.SingleWidth:
		title("delivered", end+9)
		title("error", end+17)
	}
	p.Repeat(draw.Label, s.Look.Rule, s.Layout.Width-p.X)
}

// strategyRow draws a strategy's line of the table.
func (s *drawing) strategyRow(v *counterfactual.Strategy) {
	p := &s.Pen
	p.Text(draw.Plain, " ")
	p.Clip(draw.Plain, v.Name, strategyName)
	if s.inForceAtAll(v.Name) {
		p.To(1 + strategyName)
		p.Text(draw.Accent, " ")
		p.Glyph(draw.Accent, s.Look.Info)
	}
	s.plan.table.Row(p, tableLeft, v, draw.Plain)
}

// inForceAtAll is true where at least one sensor of the run has the strategy.
func (s *drawing) inForceAtAll(name string) bool {
	if run := s.Frame.Snap.Run; run != nil {
		for i := range run.Sensors {
			if run.Sensors[i].Strategy == name {
				return true
			}
		}
	}
	return false
}

// strategySensor draws a sensor's lines: what each strategy would have served for the same
// calls. The strategy in force is marked. Where the sensor has one line, it is that of its
// own strategy.
func (s *drawing) strategySensor(sensor int, compared []counterfactual.Strategy, lines int) {
	v := s.Sensor(sensor)
	drawn := 0
	for i := range compared {
		own := ofSensor(&compared[i], sensor)
		if lines == 1 && (own == nil || own.Aside) {
			continue
		}
		s.strategyLine(v, drawn, compared[i].Name)
		if own != nil {
			views.DrawTrack(&s.Pen, own.Marks, s.Layout.Columns, func(m *event.Mark) (string, draw.Role) { return views.MarkSign(*m) })
			s.strategyFigures(own, v)
		}
		drawn++
	}
}

// strategyLine draws the part of a sensor's line that is left of the track.
func (s *drawing) strategyLine(v *stats.SensorView, line int, strategy string) {
	p := &s.Pen
	p.Next()
	names := s.tracksLeft() - strategyName - 5
	switch line {
	case 0:
		s.TableName(p, v, names)
	case 1:
		m, word, _ := views.LastResult(v)
		glyph, r := views.MarkSign(m)
		if s.Frame.Beside() {
			glyph, r, word = views.HealthSign(&v.Health), views.HealthRole(&v.Health), v.Health.State.String()
		}
		p.Text(draw.Plain, " ")
		p.Clip(r, glyph+" "+word, names)
	case 2:
		p.Text(draw.Plain, " ")
		p.Clip(draw.Label, views.ValueText(s.Look, v), names)
	}
	p.To(1 + names + 1)
	inForce, r := v.Strategy == strategy, draw.Label
	if inForce {
		r = draw.Strong
	}
	p.Clip(r, strategy, strategyName)
	p.To(s.tracksLeft() - 2)
	if inForce {
		p.Glyph(draw.Accent, s.Look.Info)
	}
	p.To(s.tracksLeft())
}

func ofSensor(v *counterfactual.Strategy, sensor int) *counterfactual.OfSensor {
	for i := range v.Sensors {
		if v.Sensors[i].Index == sensor {
			return &v.Sensors[i]
		}
	}
	return nil
}

// strategyFigures draws the figures behind a track: how much was delivered, and how far the
// substitutes were off.
func (s *drawing) strategyFigures(own *counterfactual.OfSensor, v *stats.SensorView) {
	p, c := &s.Pen, &own.Counts
	end := p.X
	if s.Layout.Width < views.SingleWidth {
		return
	}
	p.Right(draw.Plain, words.ShareFixed(words.Ratio(c.Delivered(), c.Calls())), end+9, 1)
	if s.Layout.Width < tracksWide {
		if off, known := c.MeanOff(); known {
			p.Right(draw.Label, offText(off, true), end+17, 1)
		}
		return
	}
	p.To(end + 11)
	switch off, known := c.MeanOff(); {
	case c.Stale+c.Interpolated == 0 && c.Dropped == 0:
		p.Clip(draw.Label, "nothing to stand in for", 34)
	case c.Stale+c.Interpolated == 0:
		p.Clip(draw.Label, gapsText(c.Dropped), 34)
	case !known:
		p.Clip(draw.Label, "up to "+words.Age(c.OldestAge)+" old, truth unknown", 34)
	default:
		p.Clip(draw.Label, fmt.Sprintf("off %s, at most %s %s", offText(off, true), maxOffText(c), v.Unit), 34)
	}
}
