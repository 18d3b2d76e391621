package retries

import (
	"math"
	"strconv"
	"time"

	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

const (
	// labelledPanel is the inner width from which on the parts of a panel are
	// named; below that their rows speak for themselves.
	labelledPanel, panelLabel = 52, 10
	// panelNumber and panelShare are the cells of the figures of a panel's row.
	panelNumber, panelShare = 9, 6
)

// panelRow is a line of a panel: a name, how much, and that as a share of all.
type panelRow struct {
	label, name, text string
	share             float64
	r                 draw.Role
}

// retryPanels draws where the waiting went, of the selected sensor and of all.
func (s *drawing) retryPanels() {
	if len(s.plan.panels) == 0 {
		return
	}
	v := s.Sensor(s.Layout.Selected)
	s.retryPanel(s.plan.panels[0], sentence.SensorTitle(v.Sensor), &v.Retries, v.Policy.Resolved().Retry.MaxAttempts)
	if len(s.plan.panels) > 1 {
		s.retryPanel(s.plan.panels[1], s.everySensor(), &s.Frame.Snap.Retries, mostAttempts(s.Frame))
	}
}

// retryPanel draws one panel. Where there is little room its title is cut rather than the
// figure at the right.
func (s *drawing) retryPanel(r draw.Rect, name string, v *stats.RetryView, attempts int) {
	var waited time.Duration
	for _, d := range v.After {
		waited += d
	}
	right := "waited " + words.Seconds(waited) + " between attempts"
	room := r.W - 4 - 2
	var figure []draw.Seg
	if words.Width(right) <= room-views.LeastName-2 {
		room -= words.Width(right) + 3
		figure = []draw.Seg{draw.Words(draw.Label, " "+right+" "+s.Look.Rule)}
	}
	s.Panel(r, draw.Titled(draw.Words(draw.Strong, s.Look.Clip(name, room))), figure, draw.Light())
	p := s.In(r.Inside())
	for _, row := range panelRows(v, waited, attempts, r.H-2) {
		p.Next()
		row.draw(p)
	}
}

// panelRows chooses the rows that there is room for: two causes, the waits by
// number and the attempts come before further causes, and blank lines between
// the parts last.
func panelRows(v *stats.RetryView, waited time.Duration, attempts, room int) []panelRow {
	causes := causeRows(v, waited)
	waits, calls := waitRows(v, waited, attempts), attemptRows(v, attempts)
	n := [3]int{}
	give := func(part, most int) {
		for n[part] < most && room > 0 {
			n[part]++
			room--
		}
	}
	give(0, min(2, len(causes)))
	give(1, len(waits))
	give(2, len(calls))
	give(0, min(len(causes), stats.MaxCauses))
	between := room >= 2
	var out []panelRow
	for i, part := range [][]panelRow{causes[:n[0]], waits[:n[1]], calls[:n[2]]} {
		if between && i > 0 {
			out = append(out, panelRow{})
		}
		for k, row := range part {
			if k == 0 {
				row.label = [...]string{"by cause", "by retry", "attempts"}[i]
			}
			out = append(out, row)
		}
	}
	return out
}

// causeRows are the waits by what they were for.
func causeRows(v *stats.RetryView, waited time.Duration) []panelRow {
	if waited == 0 && len(v.Causes) == 0 {
		return []panelRow{{name: "nothing was retried yet", share: -1, r: draw.Label}}
	}
	list := v.Causes
	if v.Other.Waits > 0 {
		other := v.Other
		other.Err = "other causes"
		list = append(append([]stats.WaitCause{}, list[:min(len(list), stats.MaxCauses-1)]...), other)
		for _, c := range v.Causes[min(len(v.Causes), stats.MaxCauses-1):] {
			list[len(list)-1].Waits += c.Waits
			list[len(list)-1].Waited += c.Waited
		}
	}
	out := make([]panelRow, 0, len(list))
	for _, c := range list {
		name := c.Err
		if name == "" {
			name = "no cause told"
		}
		out = append(out, panelRow{name: name, text: words.Seconds(c.Waited), share: shareOf(c.Waited, waited), r: draw.Fail})
	}
	return out
}

// waitRows are the waits by the retry that they came before.
func waitRows(v *stats.RetryView, waited time.Duration, attempts int) []panelRow {
	last := min(max(attempts-1, 1), stats.MaxTries)
	for i, d := range v.After { // a sensor may have had more once
		if d > 0 {
			last = max(last, i+1)
		}
	}
	out := make([]panelRow, 0, last)
	for i := range last {
		name := "retry " + strconv.Itoa(i+1)
		if i == stats.MaxTries-1 {
			name += " and later"
		}
		out = append(out, panelRow{name: name, text: words.Seconds(v.After[i]), share: shareOf(v.After[i], waited), r: draw.Stale})
	}
	return out
}

// attemptRows are the calls by how many attempts they made.
func attemptRows(v *stats.RetryView, attempts int) []panelRow {
	last := min(max(attempts, 1), stats.MaxTries)
	var all uint64
	for i, n := range v.Calls {
		all += n
		if n > 0 {
			last = max(last, i+1)
		}
	}
	out := make([]panelRow, 0, last)
	for i := range last {
		name := strconv.Itoa(i+1) + " " + words.Plural("attempt", "attempts", i+1)
		if i == stats.MaxTries-1 {
			name += " or more"
		}
		share, ok := words.Ratio(v.Calls[i], all)
		row := panelRow{name: name, text: words.Count(v.Calls[i]) + " " + words.Plural("call ", "calls", int(min(v.Calls[i], 2))), share: share, r: draw.Retried}
		if i == 0 {
			row.r = draw.Live
		}
		if !ok {
			row.share = -1
		}
		out = append(out, row)
	}
	return out
}

func shareOf(part, of time.Duration) float64 {
	if of <= 0 {
		return -1
	}
	return float64(part) / float64(of)
}

// draw draws a row: name, bar, figure and share. A narrow panel has no
// labels and no shares.
func (row *panelRow) draw(p *draw.Pen) {
	inner := p.Width()
	if *row == (panelRow{}) {
		return
	}
	share := row.share >= 0 && inner >= labelledPanel
	if inner >= labelledPanel {
		p.Text(draw.Label, row.label)
		p.To(panelLabel)
		inner -= panelLabel
	}
	if row.share < 0 && row.text == "" {
		p.Clip(row.r, row.name, inner)
		return
	}
	figures := 1 + panelNumber
	if inner+panelLabel >= labelledPanel {
		figures += panelShare
	}
	name := min(max((inner-figures)*3/5, 1), 30)
	start := p.X
	p.Clip(draw.Plain, row.name, name)
	p.To(start + name + 1)
	bar := inner - figures - name - 1
	p.Limit = start + name + 1 + max(bar, 0)
	panelBar(p, row.r, row.share, bar)
	p.Limit = p.Width()
	end := start + inner
	if share || row.share < 0 && figures > 1+panelNumber {
		end -= panelShare
	}
	p.Right(draw.Plain, row.text, end, 1)
	if share {
		n := int(math.Round(row.share * 100))
		p.Right(draw.Label, strconv.Itoa(n)+" %", start+inner, 1)
	}
}

// panelBar is a share of so many cells, to the eighth of one. What is there is
// never invisible.
func panelBar(p *draw.Pen, r draw.Role, share float64, width int) {
	if share <= 0 || width <= 0 || math.IsNaN(share) {
		return
	}
	eighths := max(int(math.Round(float64(width)*8*min(share, 1))), 1)
	p.Bar(r, eighths)
}
