package views

import (
	"strconv"
	"strings"

	"resiltui/internal/engine/health"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// AnswerCauses is the width from which the answer says why something is down.
const AnswerCauses = 100

// Answer answers what one looks at a watch for: what is down, since when and why. Newest
// first, so that reading on leads back to the cause.
type Answer struct{ parts []draw.Seg }

// AnswerOf is the answer at the frame's moment, with causes or without.
func AnswerOf(f *Frame, causes bool) Answer {
	e := &f.Snap.Endpoints
	var a Answer
	switch {
	case e.Count() == 0 || e.Unknown == e.Count():
		a.add(draw.Label, "no answer yet")
	case len(e.Unwell) == 0:
		a.well(f, e)
	case e.Down > 0:
		a.add(draw.Fail, "DOWN "+of(e.Down, e))
	default:
		a.add(draw.Live, "UP "+of(e.Up+e.Slow, e))
	}
	for i := range e.Unwell {
		a.unwell(f, &e.Unwell[i], causes)
	}
	return a
}

func of(n int, e *stats.Endpoints) string { return strconv.Itoa(n) + " of " + strconv.Itoa(e.Count()) }

func (a *Answer) add(r draw.Role, text string) { a.parts = append(a.parts, draw.Words(r, text)) }

// well says since when all have been up, and what was last.
func (a *Answer) well(f *Frame, e *stats.Endpoints) {
	text := "all " + strconv.Itoa(e.Count()) + " UP"
	if e.Unknown > 0 {
		text = of(e.Up, e) + " UP, " + strconv.Itoa(e.Unknown) + " not asked yet"
	} else if e.Count() == 1 {
		text = "UP"
	}
	text += " since " + sentence.Moment(f.Snap.Run, e.Since)
	if e.Last.Ended > 0 {
		text += ", last outage " + f.name(e.Last.Index) + " " + words.Lasting(e.Last.Ended-e.Last.Began)
	}
	a.add(draw.Live, text)
}

// unwell says how an endpoint is.
func (a *Answer) unwell(f *Frame, u *stats.Unwell, causes bool) {
	name := f.name(u.Index)
	switch {
	case u.State == health.Down:
		text := name + " " + words.Lasting(f.Now-u.Since)
		if cause := sentence.Brief(u.Cause); causes && cause != "" {
			text += ", " + cause
		}
		a.add(draw.Plain, text)
	case u.Flapping:
		a.add(draw.Stale, "FLAPPING "+name)
	default:
		a.add(draw.Stale, "SLOW "+name)
	}
}

// name is what an endpoint is called where there is little room.
func (f *Frame) name(index int) string {
	info, _ := f.Info(index)
	title := sentence.SensorTitle(info)
	if !info.Real {
		return words.Clean(title, MostName)
	}
	return words.ClipMiddle(words.Clean(title, len(title)), MostName, "…")
}

// String is the whole answer, without styles.
func (a Answer) String() string {
	texts := make([]string, len(a.parts))
	for i := range a.parts {
		texts[i] = a.parts[i].Text
	}
	return strings.Join(texts, "   ")
}

// draw writes as much of the answer as fits the pen's line, and how many parts do not.
func (a Answer) draw(p *draw.Pen, gap string) {
	p.Text(draw.Plain, " ")
	for i, part := range a.parts {
		left, more := "", gap+"+"+strconv.Itoa(len(a.parts)-i)
		if i > 0 {
			left = gap
		}
		room := p.Room() - 1 - len(left)
		if i < len(a.parts)-1 {
			room -= len(gap) + 1 + len(strconv.Itoa(len(a.parts)-i-1))
		}
		if i > 0 && words.Width(part.Text) > room {
			p.Text(draw.Label, more)
			return
		}
		p.Text(draw.Plain, left)
		p.Clip(part.Role, part.Text, room)
	}
}

// AnswerLine draws the answer on the pen's line.
func (s *Screen) AnswerLine(p *draw.Pen) {
	wide := s.Layout.Width >= AnswerCauses
	gap := "  "
	if wide {
		gap = "   "
	}
	AnswerOf(s.Frame, wide).draw(p, gap)
}
