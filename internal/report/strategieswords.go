package report

import (
	"fmt"
	"strconv"
	"strings"

	"resiltui/internal/engine/fallback"
	"resiltui/internal/sentence"
)

// recommend is the conclusion of the exercise, with the figures of this run.
func (r *StrategiesReport) recommend() []Recommendation {
	var out []Recommendation
	nearest, compared := r.nearest()
	for i := range r.Strategies {
		s := &r.Strategies[i]
		use := sentence.UseOf(s.Name)
		rec := Recommendation{Strategy: s.Name, UseWhen: use.When}
		switch {
		case s.Readings == 0:
			rec.Because = "no sensor has it: settings gave them others"
		case s.Name == fallback.NameDrop:
			rec.Because = s.dropped(use.Cost)
		default:
			rec.Because = s.stoodIn(nearest[i], compared, use.Cost)
		}
		out = append(out, rec)
	}
	return out
}

// delivered words how many readings were delivered: "it delivered 33 of 50
// readings".
func (run *StrategyRun) delivered() string {
	switch run.TotalDelivered {
	case 0:
		return fmt.Sprintf("it delivered none of %d readings", run.Readings)
	case run.Readings:
		return fmt.Sprintf("it delivered all %d readings", run.Readings)
	default:
		return fmt.Sprintf("it delivered %d of %d readings", run.TotalDelivered, run.Readings)
	}
}

// dropped describes what the drop strategy delivered.
func (run *StrategyRun) dropped(cost string) string {
	switch run.TotalDelivered {
	case 0:
		return run.delivered() + ": every read failed, and the caller had nothing at all"
	case run.Readings:
		return run.delivered() + ", since no read failed"
	default:
		return fmt.Sprintf("%s, every one of them live, and as few as %d in batch %d: %s",
			run.delivered(), run.WorstBatchDelivered, run.WorstBatch, cost)
	}
}

// stoodIn describes what a strategy with substitutes delivered, and how close these
// were to the true values.
func (run *StrategyRun) stoodIn(nearest, compared int, but string) string {
	if run.Substituted == 0 {
		switch run.TotalDelivered {
		case 0:
			return run.delivered() + ": no read ever succeeded, so it had nothing to serve"
		case run.Readings:
			return run.delivered() + " and had nothing to stand in for, since no read failed"
		default:
			return run.delivered() + ", none of them substituted: it had nothing to serve yet when a read failed"
		}
	}
	var off []string
	for _, e := range run.Errors {
		if e.MeanAbsoluteError != nil {
			off = append(off, fmt.Sprintf("%s %s at %s", strconv.FormatFloat(*e.MeanAbsoluteError, 'f', 3, 64), e.Unit, e.Sensor))
		}
	}
	out := fmt.Sprintf("%s, %d of them substituted and off the true value on average by %s", run.delivered(), run.Substituted, strings.Join(off, ", "))
	switch {
	case compared == 0:
	case nearest == 0:
		out += ", the nearest to the truth nowhere"
	case nearest == compared:
		out += ", the nearest to the truth wherever it was needed"
	default:
		out += fmt.Sprintf(", the nearest to the truth at %d of the %d sensors that needed it", nearest, compared)
	}
	return out + "; " + but
}
