package views

import (
	"fmt"
	"strconv"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// dateHeader is the first line of a run with a date: the clock time, and once on the
// screen the day and the zone. Each form has less than the one before: from 1 on the
// spaces are narrow, from 2 on the counts have no words, from 3 on the date has no year,
// from 4 on there is no name of the program, from 5 on no scenario, from 6 on no day, and
// from 7 on only one state of the screen, and in 8 no counts.
func (s *Screen) dateHeader(form int) (left, right []draw.Seg) {
	run := s.Frame.Snap.Run
	now, _ := run.Date(s.Frame.Now)
	gap, before := " ", "  "
	if form == 0 {
		gap, before = "  ", "   "
	}
	if form < 4 {
		left = append(left, draw.Words(draw.Strong, " resiltui"))
	}
	if form < 5 {
		left = append(left, draw.Words(draw.Plain, gap+s.Look.Clip(run.Scenario, 24)))
	}
	left = append(left, draw.Words(draw.Strong, before+words.TimeOfDay(now)))
	if form < 6 {
		day := words.Day(now) + ","
		if form >= 3 {
			day = now.Format("Mon 2 Jan")
		}
		left = append(left, draw.Words(draw.Label, "  "+day+" "+words.Zone(now)))
	}
	if word := stopped(&s.Frame.Snap); word != "" {
		left = append(left, draw.Words(draw.Strong, "  "+word))
	}
	left = append(left, s.logSegs(form < 3)...)
	left = append(left, s.statusSegs(form)...)
	if form < headerForms-1 {
		right = s.realCounts(form)
	}
	return left, right
}

// stopped says why a run of real time makes no calls; empty where it does.
func stopped(snap *stats.Snapshot) string {
	switch {
	case snap.Ended:
		return "ENDED"
	case snap.Paused:
		return "PAUSED"
	default:
		return ""
	}
}

// count is how many sensors there are of a kind.
type count struct {
	glyph string
	role  draw.Role
	n     int
	word  string
}

// realCounts is how the endpoints are where the policies only watch, else what the
// policies made of it.
func (s *Screen) realCounts(form int) []draw.Seg {
	snap := &s.Frame.Snap
	var out []draw.Seg
	if snap.Faults > 0 {
		text := fmt.Sprintf("  %s %d %s", s.Look.Fault, snap.Faults, words.Plural("fault", "faults", snap.Faults))
		if form >= 2 {
			text = " " + s.Look.Fault + strconv.Itoa(snap.Faults)
		}
		out = append(out, draw.Words(draw.Fault, text))
	}
	for _, c := range s.kinds(form) {
		if form < 2 {
			out = append(out, draw.Words(draw.Plain, "  "), draw.Words(c.role, c.inWords()))
		} else {
			out = append(out, draw.Words(draw.Plain, " "), draw.Words(c.role, c.inShort()))
		}
	}
	if snap.Run.Beside && form < 2 {
		out = append(out, draw.Words(draw.Label, "   policies beside"))
	}
	return append(out, draw.Words(draw.Plain, " "))
}

func (c *count) inWords() string { return fmt.Sprintf("%s %d %s", c.glyph, c.n, c.word) }
func (c *count) inShort() string { return c.glyph + strconv.Itoa(c.n) }

// kinds are the counts of a form.
func (s *Screen) kinds(form int) []count {
	snap := &s.Frame.Snap
	if !snap.Run.Beside {
		return results(snap)
	}
	e := &snap.Endpoints
	up := count{MarkGlyph(event.MarkLive), draw.Live, e.Up, "up"}
	slow := count{up.glyph, draw.Stale, e.Slow, "slow"}
	down := count{MarkGlyph(event.MarkMissing), draw.Fail, e.Down, "down"}
	if form >= 2 { // a second circle without a word would tell nothing; what is slow is up
		up.n += e.Slow
		return []count{up, down}
	}
	return []count{up, slow, down}
}

// results is how many sensors' last call had each result.
func results(snap *stats.Snapshot) []count {
	out := []count{
		{n: snap.Live, word: "live"},
		{n: snap.Stale, word: "stale"},
		{n: snap.FastFail, word: "fast-fail"},
		{n: snap.Missing, word: "missing"},
	}
	for i, m := range []event.Mark{event.MarkLive, event.MarkStale, event.MarkFastFail, event.MarkMissing} {
		out[i].glyph, out[i].role = MarkSign(m)
	}
	return out
}
