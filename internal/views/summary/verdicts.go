package summary

import (
	"strconv"

	"resiltui/internal/stats/verdict"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// verdictColumns are the columns after the names of the faults. A narrow terminal drops the
// last ones first.
func verdictColumns() []views.Column[*verdict.Verdict] {
	column := func(title string, width, rank int, text func(v *verdict.Verdict) string) views.Column[*verdict.Verdict] {
		return views.Column[*verdict.Verdict]{Title: title, Width: width, Rank: rank, Text: text}
	}
	return []views.Column[*verdict.Verdict]{
		column("seen", 7, 0, func(v *verdict.Verdict) string {
			if v.Seen {
				return words.Seconds(v.SeenAfter)
			}
			return "not seen" // one cell of the gap is enough to separate it from the name
		}),
		column("attempts", 8, 1, func(v *verdict.Verdict) string { return strconv.Itoa(v.Attempts) }),
		column("without", 7, 2, func(v *verdict.Verdict) string {
			if v.AvoidedAtMost {
				return "<=" + strconv.Itoa(v.Without())
			}
			return strconv.Itoa(v.Without())
		}),
		column("refused", 7, 3, func(v *verdict.Verdict) string { return strconv.Itoa(v.FastFail) }),
		column("served", 6, 4, func(v *verdict.Verdict) string { return strconv.Itoa(v.Served) }),
		column("back", 8, 5, func(v *verdict.Verdict) string { return words.Seconds(v.Back) }),
	}
}

// verdicts writes what the policies did during each injected fault, and nothing where no
// fault was injected.
func (t *summary) verdicts() {
	const leastNames, mostNames = 20, 40
	var list []verdict.Verdict // an outage has its line where it is told what was down
	for i := range t.snap.Verdicts {
		if v := &t.snap.Verdicts[i]; v.Kind == verdict.Injected {
			list = append(list, *v)
		}
	}
	if len(list) == 0 {
		return
	}
	title := func(v *verdict.Verdict) string {
		return v.Name + "  " + v.Faults() + " " + lasting(v.Lasted())
	}
	names := views.RowName
	for i := range list {
		names = max(names, words.Width(title(&list[i])))
	}
	table := views.FitTable(verdictColumns(), t.width-leastNames)
	names = max(min(names, mostNames, t.width-table.Width()), views.RowName)
	t.line(func(p *draw.Pen) {
		p.Text(draw.Label, "verdicts")
		table.Head(p, names, views.Sort{})
	})
	for i := range list {
		t.line(func(p *draw.Pen) {
			p.Clip(draw.Plain, title(&list[i]), names)
			table.Row(p, names, &list[i], draw.Plain)
		})
	}
	t.line(func(*draw.Pen) {})
}
