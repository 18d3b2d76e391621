package views

import (
	"fmt"
	"strconv"
	"strings"

	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// header draws the one or two lines at the top.
func (s *Screen) header() {
	p := &s.Pen
	p.Next()
	left, right := s.headerForm()
	p.Segs(left)
	p.To(p.Width() - draw.SegsWidth(right))
	p.Segs(right)
	if s.Layout.Header > 1 {
		p.Next()
		s.secondLine()
	}
}

// headerForms is how many forms the first line has.
const headerForms = 9

// headerForm picks the form of the first line with the most information that fits.
func (s *Screen) headerForm() (left, right []draw.Seg) {
	header := func(form int) (left, right []draw.Seg) { return s.headerLeft(form), s.headerCounts(form) }
	if _, ok := s.Frame.Snap.Run.Date(s.Frame.Now); ok {
		header = s.dateHeader
	}
	for form := range headerForms {
		left, right = header(form)
		if draw.SegsWidth(left)+draw.SegsWidth(right) < s.Layout.Width {
			break
		}
	}
	return left, right
}

// headerLeft says what runs and how far it is. Each form has less than the one before: from
// form 1 on the spaces are narrow, from 3 on there is no progress bar, from 4 on no name of
// the program, from 5 on no scenario and seed, from 6 on no batch, and in 8 no speed.
func (s *Screen) headerLeft(form int) []draw.Seg {
	snap := &s.Frame.Snap
	gap := "  "
	if form > 0 {
		gap = " "
	}
	var out []draw.Seg
	if form < 4 {
		out = append(out, draw.Words(draw.Strong, " resiltui"))
	}
	if snap.Run == nil {
		return append(append(out, draw.Words(draw.Label, " starting")), s.logSegs(true)...)
	}
	if form < 5 {
		out = append(out, draw.Words(draw.Plain, gap+s.Look.Clip(snap.Run.Scenario, 24)))
		if snap.Run.Virtual {
			out = append(out, draw.Words(draw.Label, gap+"seed "), draw.Words(draw.Plain, strconv.FormatUint(snap.Run.Seed, 10)))
		}
		out = append(out, draw.Words(draw.Plain, gap))
	}
	if form < 8 {
		out = append(out, draw.Words(draw.Strong, " "+paceWord(snap)), draw.Words(draw.Plain, " "))
	}
	out = append(out, draw.Words(draw.Plain, " "+words.Clock(s.Frame.Now)))
	if form < 6 && snap.Run.Virtual {
		out = append(out, s.batchSegs(form < 3)...)
	}
	out = append(out, s.logSegs(form < 5)...)
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

// batchSegs is the batch, and where the run has an end how much of it is done.
func (s *Screen) batchSegs(bar bool) []draw.Seg {
	const width = 10
	snap := &s.Frame.Snap
	if snap.Run.Batches <= 0 {
		return []draw.Seg{draw.Words(draw.Label, "  batch "), draw.Words(draw.Plain, strconv.Itoa(snap.Batch))}
	}
	out := []draw.Seg{draw.Words(draw.Label, "  batch "), draw.Words(draw.Plain, fmt.Sprintf("%d/%d", snap.Batch, snap.Run.Batches))}
	if bar {
		done := min(max(snap.Batch*width/snap.Run.Batches, 0), width)
		out = append(out,
			draw.Words(draw.Stale, " "+strings.Repeat(s.Look.Elapsed, done)),
			draw.Words(draw.Label, strings.Repeat(s.Look.TimeLeft, width-done)))
	}
	return out
}

// logSegs warns that the log file is incomplete, in short where there is little room.
func (s *Screen) logSegs(inFull bool) []draw.Seg {
	switch {
	case s.Frame.LogMark == "":
		return nil
	case inFull:
		return []draw.Seg{draw.Words(draw.Plain, "  "), draw.Words(draw.Fail, s.Frame.LogMark)}
	default:
		return []draw.Seg{draw.Words(draw.Plain, " "), draw.Words(draw.Fail, shortLogMark)}
	}
}

// shortLogMark stands for any mark of the log.
const shortLogMark = "LOG!"

func (s *Screen) statusSegs(form int) []draw.Seg {
	var out []draw.Seg
	for i, w := range s.Frame.Status {
		if form >= 7 && i > 0 {
			break
		}
		if w != "PAUSED" {
			out = append(out, draw.Words(draw.Plain, "  "), draw.Words(draw.Fault, w))
		}
	}
	return out
}

// headerCounts is how many sensors have which quality: in words, from form 2 on only with
// glyphs.
func (s *Screen) headerCounts(form int) []draw.Seg {
	snap := &s.Frame.Snap
	if form == 8 {
		return nil
	}
	out := []draw.Seg{draw.Words(draw.Plain, "  ")}
	for _, c := range results(snap) {
		if form < 2 {
			out = append(out, draw.Words(c.role, c.inWords()), draw.Words(draw.Plain, "  "))
		} else {
			out = append(out, draw.Words(c.role, c.inShort()), draw.Words(draw.Plain, " "))
		}
	}
	faults := draw.Words(draw.Label, fmt.Sprintf("%s %d %s", s.Look.Fault, snap.Faults, words.Plural("fault ", "faults", snap.Faults)))
	if snap.Faults > 0 {
		faults.Role = draw.Fault
	}
	switch {
	case form >= 6:
		faults.Text = s.Look.Fault + strconv.Itoa(snap.Faults) + " "
	case form >= 2:
		faults.Text = " " + faults.Text
	}
	return append(out, faults)
}

// secondLine draws the tabs, which sensors are shown where not all fit, how many events
// were dropped, and the key for help. A detail has the sensor there instead. A notice is
// drawn here where it has no line of its own.
func (s *Screen) secondLine() {
	p := &s.Pen
	switch {
	case s.Layout.tabs != nil:
	case s.Layout.Second != nil && s.Frame.Notice == "":
		s.Layout.Second(s)
		return
	default:
		p.Clip(draw.Strong, " "+s.Frame.Notice, s.Layout.Width)
		return
	}
	p.Segs(s.Layout.tabs)
	if n := len(s.Layout.Visible); n > 0 && n < s.Layout.Sensors && !Lists(s.Frame.Page) {
		text := fmt.Sprintf("  %d to %d of %d", s.Layout.First+1, s.Layout.First+n, s.Layout.Sensors)
		if n == 1 {
			text = fmt.Sprintf("  %d of %d", s.Layout.First+1, s.Layout.Sensors)
		}
		if p.X+words.Width(text) <= s.Layout.Width {
			p.Text(draw.Label, text)
		}
	}
	s.secondRight(s.Layout.Width <= 80)
}

func (s *Screen) secondRight(narrow bool) {
	help := draw.Words(draw.Label, "? help ")
	right := []draw.Seg{help}
	dropped := draw.Words(draw.Label, droppedText(s.Frame))
	if s.Frame.Dropped > 0 {
		dropped.Role = draw.Fail
	}
	if !narrow || s.Frame.Dropped > 0 {
		right = []draw.Seg{dropped, draw.Words(draw.Plain, "   "), help}
	}
	if draw.SegsWidth(right)+s.Pen.X+1 > s.Layout.Width {
		right = []draw.Seg{help}
	}
	if n := draw.SegsWidth(right); n+s.Pen.X+1 <= s.Layout.Width {
		s.Pen.To(s.Layout.Width - n)
		s.Pen.Segs(right)
	}
}
