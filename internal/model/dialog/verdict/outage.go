package verdict

import (
	"fmt"
	"strconv"

	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats/verdict"
	"resiltui/internal/words"
)

// outageFigures are the figures of the verdict of an outage, row by row. What a breaker
// that only watched would have done is in parentheses.
func outageFigures(v *verdict.Verdict, run *event.Run) []row {
	rows := []row{downRow(v, run), causeRow(v), outageSeenRow(v)}
	if v.Watched {
		rows = append(rows, row{"failed calls", strconv.Itoa(v.Attempts), "one attempt each"}, watchedRefusedRow(v))
	} else {
		rows = append(rows, attemptsRow(v), outageRefusedRow(v), outageServedRow(v))
	}
	rows = append(rows, backRow(v))
	return append(append(rows, overlapRows(v, run)...), operatorRows(v)...)
}

// downRow is from when to when the endpoint was down.
func downRow(v *verdict.Verdict, run *event.Run) row {
	text := "until " + sentence.Moment(run, v.Ended) + v.About()
	if v.About() != "" {
		text += ": not asked"
	}
	return row{"down", sentence.Moment(run, v.Began), text}
}

// causeRow is the error of the first failed call, and how many of the attempts failed so.
func causeRow(v *verdict.Verdict) row {
	share := fmt.Sprintf("%d of %s", v.SameCause, words.Counted(v.Attempts, "attempt"))
	switch {
	case v.SameCause == v.Attempts && v.Attempts == 1:
		share = "1 attempt"
	case v.SameCause == v.Attempts:
		share = "all " + strconv.Itoa(v.Attempts) + " attempts"
	}
	return row{"cause", "", v.Cause + ", " + share}
}

func outageSeenRow(v *verdict.Verdict) row {
	r := seenRow(v)
	if !v.Watched {
		return r
	}
	r.figure = "(" + r.figure + ")"
	if v.Seen {
		r.detail = words.Counted(v.SeenCalls, "call")
	}
	return r
}

// outageRefusedRow is what an open circuit refused; nobody asked meanwhile, so it is not
// known which of these calls would have been answered.
func outageRefusedRow(v *verdict.Verdict) row {
	r := row{"refused", strconv.Itoa(v.FastFail), ""}
	if v.FastFailWhileWell > 0 {
		r.detail = fmt.Sprintf("at most %d after it had recovered", v.FastFailWhileWell)
	}
	return r
}

// watchedRefusedRow is what it would have refused; all of it was asked.
func watchedRefusedRow(v *verdict.Verdict) row {
	r := row{"(refuses)", "(" + strconv.Itoa(v.FastFail) + ")", ""}
	if v.FastFail > 0 {
		r.detail = fmt.Sprintf("%d bad, %d good", v.FastFail-v.FastFailWhileWell, v.FastFailWhileWell)
	}
	return r
}

func outageServedRow(v *verdict.Verdict) row {
	r := row{"substitutes", strconv.Itoa(v.Served), ""}
	if v.Served > 0 {
		r.detail = "up to " + words.Lasting(v.Oldest) + " old"
	}
	return r
}

func backRow(v *verdict.Verdict) row {
	r := row{"back", words.Seconds(v.Back), "after the first good answer"}
	if v.FailedAgain {
		r = row{"back", "no", "it failed again before that"}
	}
	if v.Watched {
		r.label, r.figure = "(back)", "("+r.figure+")"
	}
	return r
}

// overlapRows are outages of other endpoints at the same time; none of them need be the
// cause.
func overlapRows(v *verdict.Verdict, run *event.Run) (rows []row) {
	for i := range v.Overlaps {
		o := &v.Overlaps[i]
		text := o.Name + " since " + sentence.Moment(run, o.Began)
		if o.Ended > 0 {
			text = o.Name + " " + sentence.Moment(run, o.Began) + " until " + sentence.Moment(run, o.Ended)
			if !v.Watched {
				text += words.Margin(o.PlusMinus, "±")
			}
		}
		rows = append(rows, row{"", "", text})
	}
	if v.MoreOverlaps > 0 {
		rows = append(rows, row{"", "", fmt.Sprintf("and %d more", v.MoreOverlaps)})
	}
	if len(rows) > 0 {
		rows[0].label = "beside it"
	}
	return rows
}
