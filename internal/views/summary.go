package views

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"resiltui/internal/tally"
)

// Summary is what stays on the normal screen after the dashboard: what every
// sensor came to, what the policies bought, and the commands that start the same
// run again. The snapshot has to hold all sensors. No line is wider than width,
// but for the commands, which must be whole to be copied; a width of 0 or less
// means any. The text ends with a newline; it is empty where no run ever started.
func Summary(s tally.Snapshot, now time.Duration, width int, commands []Hint, look *Look) string {
	if s.Run == nil {
		return ""
	}
	if width <= 0 {
		width = 1 << 10
	}
	t := &summary{pen: pen{look: look}, snap: &s, width: width}
	t.head(now)
	t.table()
	t.verdicts()
	if HasComparison(s.Run) {
		t.comparison()
	}
	t.commands(commands)
	return t.out.String()
}

// commands stand on one line where they fit, else on a line each.
func (t *summary) commands(list []Hint) {
	const apart = "    "
	total := 0
	for _, c := range list {
		total += cells(c.Key) + 2 + cells(c.Word) + len(apart)
	}
	together := total-len(apart) <= t.width
	for i, c := range list {
		if together && i > 0 {
			t.out.WriteString(apart)
		}
		t.pen.start(cells(c.Key) + 2 + cells(c.Word))
		t.pen.text(roleLabel, c.Key+": ")
		t.pen.text(roleStrong, c.Word)
		t.out.WriteString(t.pen.end(0))
		if !together || i == len(list)-1 {
			t.out.WriteByte('\n')
		}
	}
}

type summary struct {
	pen   pen
	snap  *tally.Snapshot
	width int
	out   strings.Builder
}

// line writes one line without spaces at its end.
func (t *summary) line(content func(*pen)) {
	t.pen.start(t.width)
	content(&t.pen)
	t.out.WriteString(t.pen.end(0))
	t.out.WriteByte('\n')
}

func (t *summary) head(now time.Duration) {
	run := t.snap.Run
	t.line(func(p *pen) {
		p.text(roleStrong, "resiltui "+run.Scenario)
		if run.Virtual {
			p.text(rolePlain, ", seed "+strconv.FormatUint(run.Seed, 10)+": "+
				strconv.Itoa(t.snap.Pipeline.Batches)+" "+countWord("batch", "batches", t.snap.Pipeline.Batches))
		} else {
			p.text(rolePlain, ": "+strconv.Itoa(len(t.snap.Sensors))+" "+countWord("endpoint", "endpoints", len(t.snap.Sensors)))
		}
		p.text(rolePlain, " in "+ageText(now))
		if t.snap.EndText != "" {
			p.text(rolePlain, " ("+t.snap.EndText+")")
		}
	})
	t.line(func(*pen) {})
}

// tableHead is the columns behind the names.
const tableHead = "   live  stale  fast-fail  missing   retries  opens  probes good/bad"

func (t *summary) table() {
	const most = 40
	names := rowName
	for i := range t.snap.Sensors {
		names = max(names, cells(sensorTitle(t.snap.Sensors[i].Sensor)))
	}
	names = max(min(names, most, t.width-cells(tableHead)), rowName)
	t.line(func(p *pen) {
		p.to(names)
		p.text(roleLabel, tableHead)
	})
	for i := range t.snap.Sensors {
		t.line(func(p *pen) { t.sensor(p, &t.snap.Sensors[i], names) })
	}
	t.line(func(*pen) {})
}

func (t *summary) sensor(p *pen, v *tally.SensorView, names int) {
	p.clip(rolePlain, sensorTitle(v.Sensor), names)
	p.to(names)
	c := &v.Counts
	n := c.Calls()
	p.text(roleLive, fmt.Sprintf(" %6s", rate(c.Live, n)))
	p.text(roleStale, fmt.Sprintf(" %6s", rate(c.Stale+c.Interpolated, n)))
	p.text(roleFail, fmt.Sprintf("  %9s", rate(c.FastFail, n)))
	unit := " %"
	if n == 0 {
		unit = "  "
	}
	p.text(roleFail, fmt.Sprintf("  %5s%s", rate(c.Missing, n), unit))
	probes := "-"
	if good, bad := c.Metrics.ProbeSuccessCount, c.Metrics.ProbeFailCount; good+bad > 0 {
		probes = fmt.Sprintf("%d/%d", good, bad)
	}
	p.text(rolePlain, fmt.Sprintf("  %8d %6d   %s", c.Retries, v.Circuit.Opens, probes))
}

// rate is a share in per cent with one digit.
func rate(part, of uint64) string {
	if of == 0 {
		return notAvailable
	}
	return strconv.FormatFloat(100*float64(part)/float64(of), 'f', 1, 64)
}

func (t *summary) comparison() {
	v := &t.snap.Pipeline
	t.line(func(p *pen) {
		p.text(rolePlain, fmt.Sprintf("%s delivered: %d of %d batches with policies, %d of %d naive",
			numberWord(len(t.snap.Run.Sensors)), v.Delivered, v.Batches, v.NaiveDelivered, v.Batches))
	})
}
