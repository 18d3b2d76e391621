package detail

import (
	"slices"

	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// detailButton is a clickable word of a detail's second line.
type detailButton struct {
	text, key string
	x         int
}

// From the width wideLine on, the neighbours have their whole names. Below shortLine they are
// left out, because the value is more important.
const wideLine, shortLine = 110, 72

// detailButtons are the keys to the neighbours and back. They are at the right end, and get
// shorter where there is no room for names.
func detailButtons(f *views.Frame, width int) []detailButton {
	order := f.Sensors()
	at := slices.Index(order, f.Selected)
	name := func(i int, long bool) string {
		if at < 0 || i < 0 || i >= len(order) {
			return ""
		}
		info, _ := f.Info(order[i])
		if long || info.ID == "" || info.Real {
			return sentence.SensorTitle(info)
		}
		return info.ID
	}
	for form := range 3 {
		if form == 0 && width < wideLine {
			continue
		}
		var out []detailButton
		for _, b := range []struct {
			key string
			i   int
		}{{"left", at - 1}, {"right", at + 1}} {
			if n := name(b.i, form == 0); n != "" {
				out = append(out, detailButton{text: b.key + " " + n, key: b.key})
			}
		}
		if form == 2 || form == 1 && width < shortLine {
			out = nil
		}
		out = append(out, detailButton{text: "esc back", key: "esc"})
		x := width - 1
		for i := len(out) - 1; i >= 0; i-- {
			x -= words.Width(out[i].text)
			out[i].x = x
			x -= 3
		}
		if x+3 >= width/2 || form == 2 {
			return out
		}
	}
	return nil
}

// layoutLine gives the second line of the header to the sensor, and what can be
// clicked in it to the mouse.
func layoutLine(f *views.Frame, l *views.Layout) {
	l.Zones = append(l.Zones, detailZones(f, l)...)
	l.Second = func(s *views.Screen) {
		d := drawing{Screen: s}
		d.detailLine()
	}
}

// detailZones makes the words of the buttons clickable.
func detailZones(f *views.Frame, l *views.Layout) []views.Zone {
	if l.Header < 2 || f.Notice != "" {
		return nil
	}
	var out []views.Zone
	for _, b := range detailButtons(f, l.Width) {
		if b.x >= 0 {
			out = append(out, views.Zone{Rect: draw.At(b.x, 1, words.Width(b.text), 1), What: views.HitKey, Key: b.key})
		}
	}
	return out
}

// detailLine is the second line of a detail: the sensor, its value, its circuit,
// and the way to the neighbours and back.
func (s *drawing) detailLine() {
	p := &s.Pen
	v := s.Sensor(s.Layout.Selected)
	buttons := detailButtons(s.Frame, s.Layout.Width)
	room := s.Layout.Width - 2
	if len(buttons) > 0 {
		room = buttons[0].x - 2
	}
	for form := range detailForms {
		out := s.detailSegs(v, form)
		if draw.SegsWidth(out) > room && form < detailForms-1 {
			continue
		}
		p.Limit = max(room, 0)
		p.Segs(out)
		break
	}
	p.Limit = s.Layout.Width
	for _, b := range buttons {
		p.To(b.x)
		p.Text(draw.Accent, b.text[:len(b.key)])
		p.Text(draw.Label, b.text[len(b.key):])
	}
}

// detailForms is how many forms the line has, from wide to narrow: with the age in words,
// with the age as a number, without the age, with a short name, without the value, without
// the last result, and with the state but not its switch.
const detailForms = 7

func (s *drawing) detailSegs(v *stats.SensorView, form int) []draw.Seg {
	name := sentence.SensorTitle(v.Sensor)
	if form >= 3 {
		if v.ID != "" && !v.Real {
			name = v.ID
		}
		name = views.ClipName(s.Look, v.Sensor, name, max(s.Layout.Width/4, views.LeastName))
	}
	glyph, role, word, short := s.Frame.ResultSign(v)
	gap := draw.Words(draw.Plain, "   ")
	if form >= 2 {
		gap.Text, word = "  ", short
	}
	out := []draw.Seg{draw.Words(draw.Strong, "["+name+"]"), gap}
	if form < 5 {
		out = append(out, draw.Words(role, glyph+" "+word), gap)
	}
	if form < 4 && v.Calls > 0 && (v.HasValue || !s.Frame.Beside()) {
		out = append(out, draw.Words(draw.Strong, views.ValueText(s.Look, v)))
		switch {
		case !v.HasValue:
		case form == 0:
			out = append(out, draw.Words(draw.Label, ", "+views.AgeWords(v, s.Frame.Now)))
		case form == 1:
			out = append(out, draw.Words(draw.Label, ", "+views.AgeShort(v, s.Frame.Now)))
		}
		out = append(out, gap)
	}
	state, stateShort := s.Frame.StateWords(v.Circuit.State)
	if form >= 3 {
		state = stateShort
	}
	toggle := views.ToggleSign(v.Circuit.State) + " "
	if form >= 6 {
		toggle = ""
	}
	return append(out, draw.Seg{Role: views.StateRole(v.Circuit.State), Text: toggle + state, Inverse: s.Flashing(v.Index)})
}
