package strategies

import (
	"fmt"
	"strconv"

	"resiltui/internal/engine/fallback"
	"resiltui/internal/sentence"
	"resiltui/internal/stats/counterfactual"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// conclusionIndent is where the sentences of a conclusion begin.
const conclusionIndent = strategyName + 3

// gapsText says how many readings were dropped.
func gapsText(n uint64) string {
	return words.Count(n) + " " + words.Plural("gap", "gaps", int(min(n, 2)))
}

// because returns what this run's figures say about a strategy.
func because(v *counterfactual.Strategy, all []counterfactual.Strategy) (long, short string) {
	c := &v.Counts
	delivered := words.Count(c.Delivered()) + " of " + words.Count(c.Calls())
	if c.Calls() == 0 {
		return "Nothing has been read yet.", words.NotAvailable
	}
	if v.Name == fallback.NameDrop {
		gaps := gapsText(c.Dropped)
		return fmt.Sprintf("Here it delivered %s, every one of them live, and left %s.", delivered, gaps), gaps
	}
	substitutes := c.Stale + c.Interpolated
	if substitutes == 0 {
		return fmt.Sprintf("Here it delivered %s; there was nothing to stand in for.", delivered), "never needed"
	}
	head := fmt.Sprintf("Here it delivered %s, %s of them up to %s old", delivered, words.Count(substitutes), words.Age(c.OldestAge))
	if v.Mixed && v.Compared > 0 {
		at := strconv.Itoa(v.Nearest)
		if v.Nearest == 0 {
			at = "none"
		}
		whole := fmt.Sprintf("%s; the nearest to the truth at %s of the %d that needed it.", head, at, v.Compared)
		return whole, fmt.Sprintf("nearest at %s of %d sensors", at, v.Compared)
	}
	off, known := c.MeanOff()
	if !known {
		return head + "; how far off they were nobody knows, since these sensors are real.", "up to " + words.Age(c.OldestAge) + " old"
	}
	head += fmt.Sprintf(" and off by %s on average, %s at most", offText(off, true), maxOffText(c))
	return head + compareErrors(v, all) + ".", "off by " + offText(off, true)
}

// compareErrors compares the error of the substitutes of two strategies.
func compareErrors(v *counterfactual.Strategy, all []counterfactual.Strategy) string {
	mine, _ := v.Counts.MeanOff()
	for i := range all {
		o := &all[i]
		if o.Name == v.Name || o.Name == fallback.NameDrop {
			continue
		}
		other, ok := o.Counts.MeanOff()
		switch {
		case !ok:
		case mine < other:
			return ": nearer to the truth than " + o.Name
		case mine > other:
			return ": farther from the truth than " + o.Name
		default:
			return ": as near to the truth as " + o.Name
		}
	}
	return ""
}

// conclusionLines is how many lines the sentences need at most. So much room is kept for
// them, so that nothing moves while the figures in them get longer.
func conclusionLines(screen int) int {
	const longest = 230
	width := max(screen-conclusionIndent-1, 1)
	return strategyLines * (longest/width + 1)
}

// conclude writes which strategy suits which use, with this run's figures.
func (s *drawing) conclude(views []counterfactual.Strategy) {
	p := &s.Pen
	p.Next()
	p.Text(draw.Label, s.Look.Rule+" which one to use ")
	p.Repeat(draw.Label, s.Look.Rule, s.Layout.Width-p.X)
	each := (s.plan.conclusion.H - 1) / max(len(views), 1)
	for i := range views {
		use := sentence.UseOf(views[i].Name)
		figures, few := because(&views[i], views)
		if !s.plan.long {
			p.Next()
			p.Clip(draw.Plain, " "+views[i].Name, conclusionIndent-1)
			p.To(conclusionIndent)
			p.Clip(draw.Label, use.Brief+": "+few, s.Layout.Width-p.X-1)
			continue
		}
		for k, line := range words.Wrap(use.Where+". "+figures, s.Layout.Width-conclusionIndent-1, each) {
			p.Next()
			if k == 0 {
				p.Clip(draw.Plain, " "+views[i].Name, conclusionIndent-1)
			}
			p.To(conclusionIndent)
			p.Clip(draw.Label, line, s.Layout.Width-p.X-1)
		}
	}
}
