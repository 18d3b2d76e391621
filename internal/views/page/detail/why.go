package detail

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// whyLabel is the width of the names of the rows.
const whyLabel = 10

// whyRow is one row of the reasons: the state of the circuit, how it got there, or what
// comes next.
type whyRow struct {
	label string
	// lead is a word with a role of its own, text what follows.
	lead draw.Seg
	text string
	// at is the moment that the line is about, if any.
	at     time.Duration
	moment bool
	// lines is how many lines it may take; 0 is one.
	lines int
}

// whyRows are as many rows of the reasons as there is room for, the most important first.
// Which rows these are does not depend on what happens, so that none of them moves.
func (d *plan) whyRows(v *stats.SensorView, f *views.Frame) []whyRow {
	rows := []whyRow{nowRow(v, f), nextRow(v, f), openedRow(v, f), againRow(v, f), avoidedRow(v, f)}
	if v.Real {
		rows = append([]whyRow{healthRow(v, f), upRow(v, f)}, rows...)
	}
	rows = append(rows, settingRows(v, f)...)
	used := 0
	for i := range rows {
		if rows[i].label == "opened" && !d.wide {
			rows[i].lines = 2
		}
		n := max(rows[i].lines, 1)
		if used+n > d.why {
			return rows[:i]
		}
		used += n
	}
	return rows
}

// nowRow says where the circuit is and why it went there.
func nowRow(v *stats.SensorView, f *views.Frame) whyRow {
	c := &v.Circuit
	word, _ := f.StateWords(c.State)
	row := whyRow{label: "now", lead: draw.Words(views.StateRole(c.State), word), moment: true}
	since := " since the start"
	if v.LastChange != nil {
		row.at = v.ChangedAt
		since = " since " + sentence.Moment(f.Snap.Run, v.ChangedAt)
	}
	row.text = since + "; " + nowWords(v, f)
	return row
}

func nowWords(v *stats.SensorView, f *views.Frame) string {
	c := v.LastChange
	switch v.Circuit.State {
	case breaker.Closed:
		switch {
		case c == nil:
			return "it never opened"
		case c.Reason == breaker.ProbesSucceeded:
			return goodProbes(c.Count)
		}
		return sentence.Mover(c)
	case breaker.Open:
		rules := rulesOf(v)
		if f.Beside() {
			return "would refuse for " + words.Age(openFor(&v.Circuit, &rules))
		}
		return "refuses calls for " + words.Age(openFor(&v.Circuit, &rules))
	case breaker.HalfOpen:
		return probeWords(v)
	case breaker.Disabled:
		return "calls pass uncounted"
	default:
		if c == nil {
			return "refuses every call"
		}
		return sentence.Mover(c)
	}
}

// probeWords says how the probes ended since the circuit became HALF_OPEN.
func probeWords(v *stats.SensorView) string {
	if v.Circuit.Good <= 0 {
		return "no good probe yet"
	}
	text := strconv.Itoa(v.Circuit.Good) + " " + words.Plural("probe", "probes", v.Circuit.Good) + " good"
	for i := len(v.Recent) - 1; i >= 0; i-- {
		if r := &v.Recent[i]; r.Probe && r.Outcome == breaker.Success {
			return text + " (" + words.InMillis(r.Took) + ")"
		}
	}
	return text
}

// nextRow says what comes next, and what it will depend on.
func nextRow(v *stats.SensorView, f *views.Frame) whyRow {
	row := whyRow{label: "next"}
	c, rules := &v.Circuit, rulesOf(v)
	switch c.State {
	case breaker.Closed:
		row.text = views.ForecastOf(v, f.Now).Text
		if rules.MinVolume == 0 {
			row.text = moreFailures(rules.FailureThreshold - c.Failures)
			if rules.FailureThreshold-c.Failures > 1 {
				row.text += " in a row"
			}
			row.text += ": OPEN for " + words.Age(openFor(c, &rules))
		}
	case breaker.Open:
		row.text = "the next call is a probe; bad: OPEN"
		if left := c.ProbeAt - f.Now; left > 0 {
			row.text = "probe: first call after " + sentence.Moment(f.Snap.Run, c.ProbeAt) + ", in " + words.Left(left)
		}
	case breaker.HalfOpen:
		row.text = "a probe is next; "
		if at, ok := nextCall(f, v); ok {
			row.text = "probe due " + sentence.Moment(f.Snap.Run, at) + "; "
		}
		good := "good: CLOSED"
		if left := rules.SuccessesToClose - c.Good; left > 1 {
			good = "good: " + strconv.Itoa(left-1) + " more"
		}
		row.text += good + ", bad: OPEN"
	case breaker.ForcedOpen:
		row.text = "held until o releases it; then a probe is due"
	case breaker.Disabled:
		row.text = "stays so until u resets it to CLOSED"
	}
	return row
}

// openedRow is about the last time that the circuit opened, by itself or by hand. It stays
// when the circuit has closed again.
func openedRow(v *stats.SensorView, f *views.Frame) whyRow {
	row := whyRow{label: "opened", text: "never"}
	c := v.Tripping
	if c == nil {
		return row
	}
	row.at, row.moment = v.TrippedAt, true
	head, cause := sentence.Opening(c)
	text := sentence.Moment(f.Snap.Run, v.TrippedAt) + "  " + head
	if c.FirstBatch > 0 {
		text += ", " + batchesWords(v.Real, c.FirstBatch, c.LastBatch)
	}
	var parts []string
	if cause != "" {
		parts = append(parts, cause)
	}
	if c.Attempts > 0 && c.Count > 0 {
		parts = append(parts, fmt.Sprintf("%d %s in %d %s", c.Attempts,
			words.Plural("attempt", "attempts", c.Attempts), c.Count, words.Plural("call", "calls", c.Count)))
	}
	if len(parts) > 0 {
		text += ": " + strings.Join(parts, ", ")
	}
	row.text = text
	return row
}

func batchesWords(isReal bool, first, last int) string {
	word := "batch"
	if isReal {
		word = "call"
	}
	if last <= first {
		return fmt.Sprintf("%s %d", word, first)
	}
	return fmt.Sprintf("%s %d to %d", word, first, last)
}

// againRow is about the last failed probe since then, which opened the circuit again.
func againRow(v *stats.SensorView, f *views.Frame) whyRow {
	row := whyRow{label: "again", text: "no"}
	c := v.LastOpening
	if c == nil || v.Tripping == nil || v.OpenedAt <= v.TrippedAt {
		return row
	}
	row.at, row.moment = v.OpenedAt, true
	head, cause := sentence.Opening(c)
	row.text = sentence.Moment(f.Snap.Run, v.OpenedAt) + "  " + head
	if cause != "" {
		row.text += ": " + cause
	}
	return row
}

// avoidedRow says how many attempts the circuit did not send to the sensor since it
// opened, or where it only watches, which calls it would have refused.
func avoidedRow(v *stats.SensorView, f *views.Frame) whyRow {
	if f.Beside() {
		return whyRow{label: "would", text: refusedWords(&v.Health)}
	}
	row := whyRow{label: "avoided", text: "nothing refused so far"}
	if s := v.Avoided; s.Calls > 0 {
		row.text = fmt.Sprintf("up to %d %s, of %d refused %s", s.Attempts, words.Plural("attempt", "attempts", int(min(s.Attempts, 2))),
			s.Calls, words.Plural("call", "calls", int(min(s.Calls, 2))))
	}
	return row
}
