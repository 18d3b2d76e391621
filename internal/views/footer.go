package views

import (
	"fmt"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/words"
)

// footerWide is the width from which the footer spells the sensor's name out.
const footerWide = 100

// footer lays the key hints out: what is drawn, and the words that can be
// clicked. It needs no look, because hints are ASCII or one cell a rune in any.
func footer(f *Frame, l *Layout) ([]seg, []zone) {
	sep, target := " ", targetName(f, false)
	if l.Width >= footerWide {
		sep, target = "  ", targetName(f, true)
	}
	room := l.Width - 1
	if f.Caption != "" && l.Events.Empty() {
		room -= words.Width(f.Caption) + 3
	}
	hints := fitHints(f.Footer, room-words.Width(target)-1, words.Width(sep))
	var out []seg
	var zones []zone
	x := 0
	add := func(r role, s string) {
		out = append(out, seg{r, s})
		x += words.Width(s)
	}
	add(rolePlain, " ")
	if target != "" {
		add(roleStrong, target)
	}
	for i, h := range hints {
		if i > 0 || target != "" {
			add(rolePlain, sep)
		}
		start := x
		add(roleAccent, h.Key)
		add(roleLabel, " "+h.Word)
		zones = append(zones, zone{Rect{start, l.Footer.Y, x - start, 1}, HitKey, h.Key})
	}
	if l.Header > 1 && !l.Detail && (f.Notice == "" || l.eventLines() > 0) {
		const help = len("? help ")
		zones = append(zones, zone{Rect{l.Width - help, 1, help, 1}, HitKey, "?"})
	}
	return out, zones
}

// targetName is what the keys act on.
func targetName(f *Frame, long bool) string {
	info, ok := f.info(f.Selected)
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
		return SensorTitle(info) + ":"
	default: // an endpoint's name may be long, and the keys matter more
		return ansi.Truncate(info.ID, f.Width/3, "") + ":"
	}
}

// fitHints cuts hints from the end, but keeps the last two: the way to the keys
// and the way out.
func fitHints(hints []Hint, room, sep int) []Hint {
	const kept = 2
	width := func(h Hint) int { return sep + words.Width(h.Key) + 1 + words.Width(h.Word) }
	used := 0
	for _, h := range hints[max(len(hints)-kept, 0):] {
		used += width(h)
	}
	if len(hints) <= kept {
		return hints
	}
	last := hints[len(hints)-kept:]
	out := make([]Hint, 0, len(hints))
	for _, h := range hints[:len(hints)-kept] {
		if used += width(h); used > room {
			break
		}
		out = append(out, h)
	}
	return append(out, last...)
}

func (s *screen) footer() {
	s.pen.start(s.l.Width)
	if s.f.Prompt.Label != "" {
		s.prompt()
		s.add()
		return
	}
	if s.f.Notice != "" && s.l.Header < 2 && s.l.eventLines() == 0 {
		s.pen.clip(roleStrong, " "+s.f.Notice, s.l.Width)
		s.add()
		return
	}
	out, _ := footer(s.f, &s.l)
	s.pen.segs(out)
	if s.l.Events.Empty() {
		s.caption()
	}
	s.add()
}

// caption draws the pressed key at the right end of the pen's line, over what
// may stand there.
func (s *screen) caption() {
	if s.f.Caption == "" {
		return
	}
	p := &s.pen
	c := s.look.clip(" "+s.f.Caption+" ", s.l.Width-p.w)
	p.to(s.l.Width - words.Width(c))
	p.inverse = true
	p.text(roleAccent, c)
	p.inverse = false
}

// prompt draws the text field: its label, the text around the cursor, the note.
func (s *screen) prompt() {
	p, field := &s.pen, &s.f.Prompt
	p.text(roleAccent, " "+field.Label+" ")
	note := field.Note
	room := s.l.Width - p.w - 2 // the cursor may stand behind the last rune
	if least := room / 2; words.Width(note) > room-least {
		note = s.look.clip(note, room-least)
	}
	if note != "" {
		room -= words.Width(note) + 2
	}
	text := []rune(words.Narrow(words.Clean(field.Text, len(field.Text)+1)))
	at := min(max(field.Cursor, 0), len(text))
	// Long texts scroll, so that the cursor is in sight.
	first := max(at-max(room, 0), 0)
	for i := first; i <= len(text) && i-first <= room; i++ {
		c := ' '
		if i < len(text) {
			c = text[i]
		}
		p.inverse = i == at
		p.text(rolePlain, string(c))
		p.inverse = false
	}
	if note != "" {
		p.right(roleLabel, note, s.l.Width-1, 1)
	}
}
