package views

import (
	"fmt"
	"strconv"
	"strings"

	"resiltui/internal/stats"
	"resiltui/internal/words"
)

// header draws the one or two lines at the top.
func (s *screen) header() {
	s.pen.start(s.l.Width)
	left, right := s.headerForm()
	s.pen.segs(left)
	s.pen.to(s.l.Width - segsWidth(right))
	s.pen.segs(right)
	s.add()
	if s.l.Header > 1 {
		s.pen.start(s.l.Width)
		s.secondLine()
		s.add()
	}
}

// headerForm picks the richest form of the first line that fits.
func (s *screen) headerForm() (left, right []seg) {
	for form := range 9 {
		left, right = s.headerLeft(form), s.headerCounts(form)
		if segsWidth(left)+segsWidth(right) < s.l.Width {
			break
		}
	}
	return left, right
}

// headerLeft is what runs and how far it is. From form 1 on the spacing is
// narrow, from 3 on there is no bar, from 4 on no name of the program, from 5 on
// what does not change is left out, then the batch, then the pace.
func (s *screen) headerLeft(form int) []seg {
	snap := &s.f.Snap
	gap := "  "
	if form > 0 {
		gap = " "
	}
	var out []seg
	if form < 4 {
		out = append(out, seg{roleStrong, " resiltui"})
	}
	if snap.Run == nil {
		return append(out, seg{roleLabel, " starting"})
	}
	if form < 5 {
		out = append(out, seg{rolePlain, gap + s.look.clip(snap.Run.Scenario, 24)})
		if snap.Run.Virtual {
			out = append(out, seg{roleLabel, gap + "seed "}, seg{rolePlain, strconv.FormatUint(snap.Run.Seed, 10)})
		}
		out = append(out, seg{rolePlain, gap})
	}
	if form < 8 {
		out = append(out, seg{roleStrong, " " + paceWord(snap)}, seg{rolePlain, " "})
	}
	out = append(out, seg{rolePlain, " " + words.Clock(s.f.Now)})
	if form < 6 && snap.Run.Virtual {
		out = append(out, s.batchSegs(form < 3)...)
	}
	return append(out, s.statusSegs(form)...)
}

func paceWord(snap *stats.Snapshot) string {
	switch {
	case snap.Ended:
		return "ENDED "
	case snap.Paused:
		return "PAUSED"
	case !snap.Run.Virtual:
		return "RUN   "
	default:
		return fmt.Sprintf("%-6s", "RUN "+strconv.FormatFloat(snap.Speed, 'g', -1, 64)+"x")
	}
}

// batchSegs is the batch, and where the run has an end how much is done.
func (s *screen) batchSegs(bar bool) []seg {
	const width = 10
	snap := &s.f.Snap
	if snap.Run.Batches <= 0 {
		return []seg{{roleLabel, "  batch "}, {rolePlain, strconv.Itoa(snap.Batch)}}
	}
	out := []seg{{roleLabel, "  batch "}, {rolePlain, fmt.Sprintf("%d/%d", snap.Batch, snap.Run.Batches)}}
	if bar {
		done := min(max(snap.Batch*width/snap.Run.Batches, 0), width)
		out = append(out,
			seg{roleStale, " " + strings.Repeat(s.look.elapsed, done)},
			seg{roleLabel, strings.Repeat(s.look.left, width-done)})
	}
	return out
}

func (s *screen) statusSegs(form int) []seg {
	var out []seg
	for i, w := range s.f.Status {
		if form >= 7 && i > 0 {
			break
		}
		if w != "PAUSED" {
			out = append(out, seg{rolePlain, "  "}, seg{roleFault, w})
		}
	}
	return out
}

// headerCounts is how the sensors are; in words, in glyphs from form 2 on.
func (s *screen) headerCounts(form int) []seg {
	snap := &s.f.Snap
	counts := []struct {
		m    stats.Mark
		n    int
		word string
	}{
		{stats.MarkLive, snap.Live, "live"},
		{stats.MarkStale, snap.Stale, "stale"},
		{stats.MarkFastFail, snap.FastFail, "fast-fail"},
		{stats.MarkMissing, snap.Missing, "missing"},
	}
	if form == 8 {
		return nil
	}
	out := []seg{{rolePlain, "  "}}
	for _, c := range counts {
		glyph, r := markSign(s.look, c.m)
		if form < 2 {
			out = append(out, seg{r, fmt.Sprintf("%s %d %s", glyph, c.n, c.word)}, seg{rolePlain, "  "})
		} else {
			out = append(out, seg{r, glyph + strconv.Itoa(c.n)}, seg{rolePlain, " "})
		}
	}
	faults := seg{roleLabel, fmt.Sprintf("%s %d %s", s.look.fault, snap.Faults, words.Plural("fault ", "faults", snap.Faults))}
	if snap.Faults > 0 {
		faults.r = roleFault
	}
	switch {
	case form >= 6:
		faults.s = s.look.fault + strconv.Itoa(snap.Faults) + " "
	case form >= 2:
		faults.s = " " + faults.s
	}
	return append(out, faults)
}

// secondLine is the pages, which sensors are shown where not all are, what was
// dropped, and the way to help; on a detail the sensor itself. Where there is no
// line for the screen's own notices they stand here.
func (s *screen) secondLine() {
	p := &s.pen
	tabs, _, ok := secondTabs(s.f, &s.l, s.look)
	switch {
	case !ok && s.l.Detail && s.f.Notice == "":
		s.detailLine()
		return
	case !ok:
		p.clip(roleStrong, " "+s.f.Notice, s.l.Width)
		return
	}
	p.segs(tabs)
	if n := len(s.l.Visible); n > 0 && n < s.l.Sensors && s.l.Page != PageEvents {
		text := fmt.Sprintf("  %d to %d of %d", s.l.First+1, s.l.First+n, s.l.Sensors)
		if n == 1 {
			text = fmt.Sprintf("  %d of %d", s.l.First+1, s.l.Sensors)
		}
		if p.w+words.Width(text) <= s.l.Width {
			p.text(roleLabel, text)
		}
	}
	s.secondRight(s.l.Width <= 80)
}

func (s *screen) secondRight(narrow bool) {
	help := seg{roleLabel, "? help "}
	right := []seg{help}
	dropped := seg{roleLabel, droppedText(s.f)}
	if s.f.Dropped > 0 {
		dropped.r = roleFail
	}
	if !narrow || s.f.Dropped > 0 {
		right = []seg{dropped, {rolePlain, "   "}, help}
	}
	if segsWidth(right)+s.pen.w+1 > s.l.Width {
		right = []seg{help}
	}
	if n := segsWidth(right); n+s.pen.w+1 <= s.l.Width {
		s.pen.to(s.l.Width - n)
		s.pen.segs(right)
	}
}
