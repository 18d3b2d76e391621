package views

import (
	"fmt"
	"strconv"

	"resiltui/internal/engine/fallback"
	"resiltui/internal/tally"
)

const (
	// strategyLines is a sensor's lines: one a strategy.
	strategyLines = 3
	// strategyName holds the longest name of a strategy.
	strategyName = len(fallback.NameLastKnownGood)
	// tracksWide is the width from which on a sensor's figures stand behind its
	// tracks in full.
	tracksWide = 100
)

// strategyColumn is a column of the comparison of the strategies.
type strategyColumn struct {
	title string
	width int
	text  func(c *tally.StrategyCounts) string
}

func strategyColumns() []strategyColumn {
	count := func(title string, width int, of func(c *tally.StrategyCounts) uint64) strategyColumn {
		return strategyColumn{title, width, func(c *tally.StrategyCounts) string { return countText(of(c)) }}
	}
	return []strategyColumn{
		{"delivered", 15, func(c *tally.StrategyCounts) string {
			return countText(c.Delivered()) + " of " + countText(c.Calls())
		}},
		count("live", 7, func(c *tally.StrategyCounts) uint64 { return c.Live }),
		count("stale", 7, func(c *tally.StrategyCounts) uint64 { return c.Stale }),
		count("interpolated", 12, func(c *tally.StrategyCounts) uint64 { return c.Interpolated }),
		count("dropped", 7, func(c *tally.StrategyCounts) uint64 { return c.Dropped }),
		{"freshness", 9, func(c *tally.StrategyCounts) string { return shareFixed(c.Freshness()) }},
		{"mean error", 10, meanOffText},
		{"largest", 8, maxOffText},
		{"oldest", 7, oldestText},
	}
}

func meanOffText(c *tally.StrategyCounts) string {
	off, ok := c.MeanOff()
	return offText(off, ok)
}

func maxOffText(c *tally.StrategyCounts) string { return offText(float64(c.MaxOff)/1e6, c.Judged > 0) }

// offText is an error of a value in few digits.
func offText(off float64, ok bool) string {
	switch {
	case !ok:
		return notAvailable
	case off >= 100:
		return strconv.FormatFloat(off, 'f', 0, 64)
	default:
		return strconv.FormatFloat(off, 'f', 3, 64)
	}
}

func oldestText(c *tally.StrategyCounts) string {
	if c.Stale+c.Interpolated == 0 {
		return notAvailable
	}
	return ageText(c.OldestAge)
}

// strategyTable is which columns there is room for, by place.
func strategyTable(width int) []int {
	all := strategyColumns()
	room := width - 2 - strategyName
	has := map[int]bool{}
	for _, i := range []int{0, 4, 6, 7, 5, 8, 1, 2, 3} {
		if room -= figureGap + all[i].width; room < 0 {
			break
		}
		has[i] = true
	}
	var out []int
	for i := range all {
		if has[i] {
			out = append(out, i)
		}
	}
	return out
}

// planStrategies plans the page: the three compared, then sensor by sensor, then
// what to conclude. The conclusion has whole sentences where every sensor has
// its place nevertheless.
func (l *Layout) planStrategies(f *Frame) {
	l.want.Strategies = true
	const table = 1 + strategyLines
	room := l.room() - table
	brief := 1 + strategyLines
	long := 1 + l.conclusionLines(f)
	each := strategyLines
	if room >= long+l.Sensors*(each+1) { // a blank line between them
		each++
	}
	conclusion := 0
	switch {
	case room >= long+l.Sensors*each || room >= long+5*each:
		conclusion, l.long = long, true
	case room >= brief+strategyLines:
		conclusion = brief
	}
	l.Density = each
	left := l.Width - l.tracksLeft(f)
	l.Columns = max(left-strategyFigures(l.Width), 0)
	n := max((room-conclusion)/each, 0)
	l.window(min(n, l.Sensors), 1)
	y := l.Header + table
	for range l.Visible {
		l.Cells = append(l.Cells, Rect{0, y, l.Width, strategyLines})
		y += each
	}
	if conclusion > 0 {
		l.conclusion = Rect{0, y, l.Width, conclusion}
		y += conclusion
	}
	if l.Height-1-y >= rowEvents {
		l.rest(y, false)
	}
}

// tracksLeft is where a sensor's tracks begin: behind its name and the
// strategy's.
func (l *Layout) tracksLeft(f *Frame) int {
	names := f.names(min(mostNames, max(l.Width/6, leastNames)))
	if l.Width >= singleWidth {
		names = max(names, rowQuality+2) // what stands below the name
	}
	return 1 + names + 1 + strategyName + 3
}

// strategyFigures is what the figures behind a track take.
func strategyFigures(width int) int {
	switch {
	case width >= tracksWide:
		return 46
	case width >= singleWidth:
		return 18
	default:
		return 1
	}
}

// strategies draws the page: the three strategies.
func (s *screen) strategies() {
	views := s.f.Snap.Strategies
	if len(views) == 0 {
		s.pen.start(s.l.Width)
		s.pen.clip(roleLabel, " the strategies are not worked out in this run", s.l.Width)
		s.add()
		s.afterStrategies()
		return
	}
	columns := strategyTable(s.l.Width)
	s.pen.start(s.l.Width)
	s.strategyHead(columns)
	s.add()
	for i := range views {
		s.pen.start(s.l.Width)
		s.strategyRow(&views[i], columns)
		s.add()
	}
	for k, sensor := range s.l.Visible {
		s.fill(s.l.Cells[k].Y)
		s.strategySensor(sensor, views)
	}
	if !s.l.conclusion.Empty() {
		s.fill(s.l.conclusion.Y)
		s.conclude(views)
	}
	s.afterStrategies()
}

func (s *screen) afterStrategies() {
	if !s.l.Events.Empty() {
		s.fill(s.l.Events.Y)
		s.events()
	}
}

func (s *screen) strategyHead(columns []int) {
	p, all := &s.pen, strategyColumns()
	p.text(roleLabel, " "+s.look.clip("strategy", strategyName))
	end := 2 + strategyName
	for _, i := range columns {
		end += figureGap + all[i].width
		p.right(roleLabel, all[i].title, end, 1)
	}
}

func (s *screen) strategyRow(v *tally.StrategyView, columns []int) {
	p, all := &s.pen, strategyColumns()
	p.text(rolePlain, " ")
	p.clip(rolePlain, v.Name, strategyName)
	if s.inForceAtAll(v.Name) {
		p.to(1 + strategyName)
		p.text(roleAccent, " ")
		p.glyph(roleAccent, s.look.info)
	}
	end := 2 + strategyName
	for _, i := range columns {
		end += figureGap + all[i].width
		text, r := all[i].text(&v.Counts), rolePlain
		if text == "0" || text == notAvailable {
			r = roleLabel
		}
		p.right(r, text, end, 1)
	}
}

// inForceAtAll is true where any sensor of the run has the strategy.
func (s *screen) inForceAtAll(name string) bool {
	if run := s.f.Snap.Run; run != nil {
		for i := range run.Sensors {
			if strategyOf(run.Sensors[i].Strategy) == name {
				return true
			}
		}
	}
	return false
}

// strategyOf is a strategy's name; none is drop.
func strategyOf(name string) string {
	if name == "" {
		return fallback.NameDrop
	}
	return name
}

// strategySensor draws a sensor's lines: what each strategy would have served
// of the very same calls, the one in force marked.
func (s *screen) strategySensor(sensor int, views []tally.StrategyView) {
	v := s.sensor(sensor)
	names := s.l.tracksLeft(s.f) - strategyName - 5
	for i := range views {
		s.pen.start(s.l.Width)
		p := &s.pen
		switch i {
		case 0:
			s.tableName(v, names)
		case 1:
			m, word, _ := quality(v)
			glyph, r := s.look.mark(m)
			p.text(rolePlain, " ")
			p.clip(r, glyph+" "+word, names)
		case 2:
			p.text(rolePlain, " ")
			p.clip(roleLabel, s.look.valueText(v), names)
		}
		p.to(1 + names + 1)
		inForce, r := strategyOf(v.Strategy) == views[i].Name, roleLabel
		if inForce {
			r = roleStrong
		}
		p.clip(r, views[i].Name, strategyName)
		p.to(s.l.tracksLeft(s.f) - 2)
		if inForce {
			p.glyph(roleAccent, s.look.info)
		}
		p.to(s.l.tracksLeft(s.f))
		if own := ofSensor(&views[i], sensor); own != nil {
			p.marks(own.Marks, s.l.Columns)
			s.strategyFigures(own, v)
		}
		s.add()
	}
}

func ofSensor(v *tally.StrategyView, sensor int) *tally.StrategySensor {
	for i := range v.Sensors {
		if v.Sensors[i].Index == sensor {
			return &v.Sensors[i]
		}
	}
	return nil
}

// marks writes what became of the last calls.
func (p *pen) marks(list []tally.Mark, n int) {
	n = max(n, 0)
	if len(list) > n {
		list = list[len(list)-n:]
	}
	p.to(p.w + n - len(list))
	for _, m := range list {
		g, r := p.look.mark(m)
		p.glyph(r, g)
	}
}

// strategyFigures is what stands behind a track: how much was delivered, and how
// far the substitutes were off.
func (s *screen) strategyFigures(own *tally.StrategySensor, v *tally.SensorView) {
	p, c := &s.pen, &own.Counts
	end := p.w
	if s.l.Width < singleWidth {
		return
	}
	p.right(rolePlain, shareFixed(ratio(c.Delivered(), c.Calls())), end+9, 1)
	if s.l.Width < tracksWide {
		if off, known := c.MeanOff(); known {
			p.right(roleLabel, offText(off, true), end+17, 1)
		}
		return
	}
	unit := v.Unit
	if s.look.ascii {
		unit = fold(unit)
	}
	p.to(end + 11)
	switch off, known := c.MeanOff(); {
	case c.Stale+c.Interpolated == 0 && c.Dropped == 0:
		p.clip(roleLabel, "nothing to stand in for", 34)
	case c.Stale+c.Interpolated == 0:
		p.clip(roleLabel, gapsText(c.Dropped), 34)
	case !known:
		p.clip(roleLabel, "up to "+ageText(c.OldestAge)+" old, truth unknown", 34)
	default:
		p.clip(roleLabel, fmt.Sprintf("off %s, at most %s %s", offText(off, true), maxOffText(c), unit), 34)
	}
}
