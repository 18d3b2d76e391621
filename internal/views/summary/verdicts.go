package summary

import (
	"fmt"
	"strconv"

	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// The columns after the faults, and those for a narrow terminal.
const (
	verdictsHead  = "     seen  attempts  without  refused  served      back"
	verdictsShort = "     seen  attempts  without  refused"
)

// verdicts writes the verdict on each injected fault; nothing where there is
// none.
func (t *summary) verdicts() {
	const leastFaultName = 20
	list := t.snap.Verdicts
	if len(list) == 0 {
		return
	}
	const most = 40
	names := views.RowName
	title := func(i int) string {
		return list[i].Name + "  " + list[i].Faults() + " " + words.Seconds(list[i].Lasted())
	}
	for i := range list {
		names = max(names, words.Width(title(i)))
	}
	head := verdictsHead
	if t.width < words.Width(head)+leastFaultName {
		head = verdictsShort
	}
	names = max(min(names, most, t.width-words.Width(head)), views.RowName)
	t.line(func(p *draw.Pen) {
		p.Text(draw.Label, "verdicts")
		p.To(names)
		p.Text(draw.Label, head)
	})
	for i := range list {
		v := &list[i]
		seen, without := "not seen", strconv.Itoa(v.Without())
		if v.Seen {
			seen = words.Seconds(v.SeenAfter)
		}
		if v.UnsentAtMost {
			without = "<=" + without
		}
		t.line(func(p *draw.Pen) {
			p.Clip(draw.Plain, title(i), names)
			p.To(names)
			p.Text(draw.Plain, fmt.Sprintf(" %8s  %8d  %7s  %7d", seen, v.Attempts, without, v.Refused))
			if head == verdictsHead {
				p.Text(draw.Plain, fmt.Sprintf("  %6d  %8s", v.Served, words.Seconds(v.Back)))
			}
		})
	}
	t.line(func(*draw.Pen) {})
}
