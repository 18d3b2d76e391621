package overview

import (
	"fmt"
	"strings"

	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// The columns at which the parts of a row's first line end or begin.
const (
	rowValue = 12
	rowAge   = 8
	rowState = 9
)

// rows draws the sensors with up to three lines each, as on a small screen.
func (s *drawing) rows() {
	if s.Layout.Sensors == 0 {
		return
	}
	for _, sensor := range s.Layout.Visible {
		v := s.Sensor(sensor)
		s.Pen.Next()
		s.rowHead(v)
		if s.Layout.Density == 3 {
			s.Pen.Next()
			s.rowLatency(v)
		}
		if s.Layout.Density >= 2 {
			s.Pen.Next()
			s.rowCalls(v)
		}
	}
}

// rowHead draws a row's first line: name, value, age, last result, state and, where there is
// room, the forecast.
func (s *drawing) rowHead(v *stats.SensorView) {
	p := &s.Pen
	lead, nameRole := " ", draw.Plain
	if v.Index == s.Layout.Selected {
		lead, nameRole = s.Look.Selected, draw.Strong
	}
	p.Text(draw.Accent, lead)
	name := views.RowName
	if spare := s.Layout.Width - views.RowWide; spare > 0 && s.Layout.Density > 1 {
		name = max(min(s.NameColumn(), views.RowName+spare), views.RowName)
	}
	views.DrawName(p, nameRole, v.Sensor, name)
	p.To(1 + name)
	value := 1 + name + rowValue
	p.Right(draw.Plain, views.ValueText(s.Look, v), value, 1)
	p.To(value)
	p.Right(draw.Label, views.AgeShort(v, s.Frame.Now), value+rowAge, 1)
	p.To(value + rowAge + 2)
	m, _, short := views.LastResult(v)
	glyph, _ := views.MarkSign(m)
	p.Text(views.MarkRole(m), glyph+" "+fmt.Sprintf("%-*s", views.RowQuality, short))
	p.Text(draw.Plain, " ")
	word, wordShort := sentence.State(v.Circuit.State)
	if s.Layout.Width < views.RowWide {
		word = wordShort
	}
	p.Inverse = s.Flashing(v.Index)
	p.Text(views.StateRole(v.Circuit.State), views.ToggleSign(v.Circuit.State)+" "+word)
	p.Inverse = false
	if s.Layout.Density == 1 && s.Layout.Columns > 0 {
		// The sensor has only this line, so the cells that are blank in other rows show its
		// calls.
		p.To(s.Layout.Width - s.Layout.Columns - views.RowInfo - 2)
		views.DrawCalls(p, v.Columns, s.Layout.Columns)
	}
	if s.Layout.Width >= views.RowWide {
		drawRowForecast(p, v, s)
	}
}

// drawRowForecast draws the forecast, which ends one cell before the right edge. Where room
// is short the gauge is dropped first, then words.
func drawRowForecast(p *draw.Pen, v *stats.SensorView, s *drawing) {
	f := views.ForecastOf(v, s.Frame.Now)
	if f.Timed {
		f.On, f.Off = 0, 0
	}
	room := s.Layout.Width - 1 - p.X - 1
	text := f.Brief(room)
	n := words.Width(text)
	if g := f.On + f.Off; g > 0 && g+1+n <= room {
		p.To(s.Layout.Width - 1 - n - 1 - g)
		views.DrawGauge(p, f)
		p.Text(draw.Plain, " "+text)
		return
	}
	p.Right(draw.Plain, text, s.Layout.Width-1, 1)
}

func (s *drawing) rowLatency(v *stats.SensorView) {
	p := &s.Pen
	p.Text(draw.Label, "   ms ")
	s.ChartRow(p, v)
	p95 := "p95 " + words.NotAvailable + "   "
	if v.Answers >= stats.MinAnswers {
		p95 = fmt.Sprintf("p95 %3d ms", words.Millis(v.P95)) + views.OfFew(v)
	}
	p.Right(draw.Label, p95, s.Layout.Width-1, 1)
}

func (s *drawing) rowCalls(v *stats.SensorView) {
	p := &s.Pen
	if len(v.Active) > 0 { // rows have no track for faults
		p.Glyph(draw.Fault, s.Look.Fault)
		p.Text(draw.Label, views.CallLabel[1:])
	} else {
		p.Text(draw.Label, views.CallLabel)
	}
	views.DrawCalls(p, v.Columns, s.Layout.Columns)
	if s.Layout.Width < views.RowWide {
		drawRowForecast(p, v, s)
		return
	}
	text := fmt.Sprintf("%s opens %2d", views.LiveShare(v.Counts), v.Circuit.Opens)
	if words.Width(text) > views.RowInfo-2 { // drop the first word rather than cut a digit
		text = fmt.Sprintf("%s opens %s", strings.TrimPrefix(views.LiveShare(v.Counts), "ok "), words.Count(v.Circuit.Opens))
	}
	p.Right(draw.Label, text, s.Layout.Width-1, 1)
}
