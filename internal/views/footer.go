package views

import (
	"fmt"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/sentence"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// FooterWide is the width from which the footer has the whole name of the sensor.
const FooterWide = 100

// footer returns what is drawn on the line of key hints, and the words that can be clicked.
func footer(f *Frame, l *Layout) ([]draw.Seg, []Zone) {
	sep, target := " ", targetName(f, false)
	if l.Width >= FooterWide {
		sep, target = "  ", targetName(f, true)
	}
	room := l.Width - 1
	if f.Caption != "" && l.Events.Empty() {
		room -= words.Width(f.Caption) + 3
	}
	hints := fitHints(f.Footer, room-words.Width(target)-1, words.Width(sep))
	var out []draw.Seg
	var zones []Zone
	x := 0
	add := func(r draw.Role, s string) {
		out = append(out, draw.Words(r, s))
		x += words.Width(s)
	}
	add(draw.Plain, " ")
	if target != "" {
		add(draw.Strong, target)
	}
	for i, h := range hints {
		if i > 0 || target != "" {
			add(draw.Plain, sep)
		}
		start := x
		add(draw.Accent, h.Key)
		add(draw.Label, " "+h.Word)
		zones = append(zones, Zone{draw.At(start, l.Footer.Y, x-start, 1), HitKey, h.Key})
	}
	if l.Header > 1 && !l.Detail && (f.Notice == "" || l.EventLines() > 0) {
		const help = len("? help ")
		zones = append(zones, Zone{draw.At(l.Width-help, 1, help, 1), HitKey, "?"})
	}
	return out, zones
}

// targetName is what the keys act on.
func targetName(f *Frame, long bool) string {
	info, ok := f.Info(f.Selected)
	switch {
	case !ok:
		return ""
	case f.Filter != "" && f.Order != nil && len(f.Order) == 0:
		return "no match:"
	case f.TargetAll:
		if f.Filter != "" {
			return fmt.Sprintf("%d shown:", len(f.Sensors()))
		}
		return fmt.Sprintf("all %d:", len(f.Snap.Run.Sensors))
	case long || info.ID == "":
		return sentence.SensorTitle(info) + ":"
	default: // an endpoint's name may be long, and the keys matter more
		return ansi.Truncate(info.ID, f.Width/3, "") + ":"
	}
}

// fitHints drops hints from the end where there is no room, but keeps the last two: the key
// for help and the key to quit.
func fitHints(hints []draw.Hint, room, sep int) []draw.Hint {
	const kept = 2
	width := func(h draw.Hint) int { return sep + words.Width(h.Key) + 1 + words.Width(h.Word) }
	used := 0
	for _, h := range hints[max(len(hints)-kept, 0):] {
		used += width(h)
	}
	if len(hints) <= kept {
		return hints
	}
	last := hints[len(hints)-kept:]
	out := make([]draw.Hint, 0, len(hints))
	for _, h := range hints[:len(hints)-kept] {
		if used += width(h); used > room {
			break
		}
		out = append(out, h)
	}
	return append(out, last...)
}

func (s *Screen) footer() {
	p := s.In(s.Layout.Footer)
	p.Next()
	switch {
	case s.Frame.Prompt.Label != "":
		s.prompt(p)
	case s.Frame.Notice != "" && s.Layout.Header < 2 && s.Layout.EventLines() == 0:
		p.Clip(draw.Strong, " "+s.Frame.Notice, p.Width())
	default:
		p.Segs(s.Layout.footer)
		if s.Layout.Events.Empty() {
			s.Caption(p)
		}
	}
}

// Caption draws the pressed key at the right end of a line.
func (s *Screen) Caption(p *draw.Pen) {
	if s.Frame.Caption == "" {
		return
	}
	c := s.Look.Clip(" "+s.Frame.Caption+" ", p.Room())
	p.To(p.Width() - words.Width(c))
	p.Segs([]draw.Seg{{Role: draw.Accent, Text: c, Inverse: true}})
}

// prompt draws the text field: its label, the text around the cursor, the note.
func (s *Screen) prompt(p *draw.Pen) {
	field := &s.Frame.Prompt
	p.Text(draw.Accent, " "+field.Label+" ")
	note := field.Note
	room := p.Room() - 2 // the cursor may be after the last rune
	if least := room / 2; words.Width(note) > room-least {
		note = s.Look.Clip(note, room-least)
	}
	if note != "" {
		room -= words.Width(note) + 2
	}
	p.Field(&draw.Field{Text: field.Text, Cursor: field.Cursor}, room+1)
	if note != "" {
		p.Right(draw.Label, note, p.Width()-1, 1)
	}
}
