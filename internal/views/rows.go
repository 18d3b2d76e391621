package views

import (
	"fmt"
	"strings"

	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// Columns of a row's first line: where what ends or begins.
const (
	rowValue = 12
	rowAge   = 8
	rowState = 9
)

// rows draws the small screen: up to three lines a sensor.
func (s *overviewDrawing) rows() {
	if s.Layout.Sensors == 0 {
		return
	}
	for _, sensor := range s.Layout.Visible {
		v := s.sensor(sensor)
		s.Pen.Start(s.Layout.Width)
		s.rowHead(v)
		s.add()
		if s.Layout.Density == 3 {
			s.Pen.Start(s.Layout.Width)
			s.rowLatency(v)
			s.add()
		}
		if s.Layout.Density >= 2 {
			s.Pen.Start(s.Layout.Width)
			s.rowCalls(v)
			s.add()
		}
	}
}

// rowHead is name, value, age, quality, state and, where there is room, the
// forecast.
func (s *overviewDrawing) rowHead(v *stats.SensorView) {
	p := &s.Pen
	lead, nameRole := " ", draw.Plain
	if v.Index == s.Layout.Selected {
		lead, nameRole = s.Look.Selected, draw.Strong
	}
	p.Text(draw.Accent, lead)
	name := rowName
	if spare := s.Layout.Width - rowWide; spare > 0 && s.Layout.Density > 1 {
		name = max(min(s.nameColumn(), rowName+spare), rowName)
	}
	p.Clip(nameRole, SensorTitle(v.Sensor), name)
	p.To(1 + name)
	value := 1 + name + rowValue
	p.Right(draw.Plain, valueText(s.Look, v), value, 1)
	p.To(value)
	p.Right(draw.Label, ageShort(v, s.Frame.Now), value+rowAge, 1)
	p.To(value + rowAge + 2)
	m, _, short := quality(v)
	glyph, _ := markSign(s.Look, m)
	p.Text(markRole(m), glyph+" "+fmt.Sprintf("%-*s", rowQuality, short))
	p.Text(draw.Plain, " ")
	word, wordShort := stateWords(v.Circuit.State)
	if s.Layout.Width < rowWide {
		word = wordShort
	}
	p.Inverse = s.flashing(v.Index)
	p.Text(stateRole(v.Circuit.State), toggleSign(s.Look, v.Circuit.State)+" "+word)
	p.Inverse = false
	if s.Layout.Density == 1 && s.Layout.Columns > 0 {
		// The only line of this sensor: what is blank elsewhere holds its calls.
		p.To(s.Layout.Width - s.Layout.Columns - rowInfo - 2)
		drawCalls(p, v.Columns, s.Layout.Columns)
	}
	if s.Layout.Width >= rowWide {
		drawRowForecast(p, v, s)
	}
}

// rowForecast ends one cell before the right edge; the gauge goes before the
// words do.
func drawRowForecast(p *draw.Pen, v *stats.SensorView, s *overviewDrawing) {
	f := forecastOf(v, s.Frame.Now)
	if f.timed {
		f.on, f.off = 0, 0
	}
	n := words.Width(f.short)
	room := s.Layout.Width - 1 - p.X - 1
	if g := f.on + f.off; g > 0 && g+1+n <= room {
		p.To(s.Layout.Width - 1 - n - 1 - g)
		drawGauge(p, f)
		p.Text(draw.Plain, " "+f.short)
		return
	}
	p.Right(draw.Plain, f.short, s.Layout.Width-1, 1)
}

func (s *overviewDrawing) rowLatency(v *stats.SensorView) {
	p := &s.Pen
	p.Text(draw.Label, "   ms ")
	drawChartRow(p, s.latencyOf(v, 1), 0)
	p95 := "p95 " + words.NotAvailable + "   "
	if v.Answers >= stats.MinAnswers {
		p95 = fmt.Sprintf("p95 %3d ms", words.Millis(v.P95))
	}
	p.Right(draw.Label, p95, s.Layout.Width-1, 1)
}

func (s *overviewDrawing) rowCalls(v *stats.SensorView) {
	p := &s.Pen
	if len(v.Active) > 0 { // rows have no track for faults
		p.Glyph(draw.Fault, s.Look.Fault)
		p.Text(draw.Label, callLabel[1:])
	} else {
		p.Text(draw.Label, callLabel)
	}
	drawCalls(p, v.Columns, s.Layout.Columns)
	if s.Layout.Width < rowWide {
		drawRowForecast(p, v, s)
		return
	}
	text := fmt.Sprintf("%s opens %2d", okText(v.Counts), v.Circuit.Opens)
	if words.Width(text) > rowInfo-2 { // rather without its first word than without a digit
		text = fmt.Sprintf("%s opens %s", strings.TrimPrefix(okText(v.Counts), "ok "), words.Count(v.Circuit.Opens))
	}
	p.Right(draw.Label, text, s.Layout.Width-1, 1)
}
