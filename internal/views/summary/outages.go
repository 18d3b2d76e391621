package summary

import (
	"cmp"
	"slices"
	"time"

	"resiltui/internal/engine/health"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/stats/verdict"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// How many outages that are over are told of one endpoint, and of how many endpoints.
const mostOutages, mostEndpoints = 3, 20

// outage is an outage of an endpoint. It is not over where ended is 0.
type outage struct {
	sensor       int
	began, ended time.Duration
	cause, about string
}

// outagesOf are the outages of an endpoint that are known, the oldest first: those that are
// over have verdicts, unless their circuits did not close yet.
func outagesOf(s *stats.Snapshot, v *stats.SensorView) []outage {
	var out []outage
	for i := range s.Verdicts {
		if o := &s.Verdicts[i]; o.Kind == verdict.Outage && o.Sensor == v.Index {
			out = append(out, outage{o.Sensor, o.Began, o.Ended, o.Cause, o.About()})
		}
	}
	h := &v.Health
	if h.Ended > 0 && !slices.ContainsFunc(out, func(o outage) bool { return o.began == h.Began }) {
		out = append(out, outage{sensor: v.Index, began: h.Began, ended: h.Ended})
	}
	slices.SortStableFunc(out, func(a, b outage) int { return cmp.Compare(a.began, b.began) })
	if h.State == health.Down {
		out = append(out, outage{sensor: v.Index, began: h.Since, cause: h.Cause})
	}
	return out
}

// outages writes what was down, from when on, for how long and why: first what is down
// still, the longest first, then endpoint by endpoint what is over, so that one that comes
// and goes does not hide the others.
func (t *summary) outages(now time.Duration) {
	var lasting []outage
	var over [][]outage
	for i := range t.snap.Sensors {
		list := outagesOf(t.snap, &t.snap.Sensors[i])
		if n := len(list); n > 0 && list[n-1].ended == 0 {
			lasting, list = append(lasting, list[n-1]), list[:n-1]
		}
		if len(list) > 0 {
			over = append(over, list)
		}
	}
	slices.SortStableFunc(lasting, func(a, b outage) int { return cmp.Compare(a.began, b.began) })
	names := t.names(t.width - views.MostNames)
	for _, o := range lasting {
		t.outage(o, now, names)
	}
	for _, list := range over[:min(len(over), mostEndpoints)] {
		t.ended(list, now, names)
	}
	if more := len(over) - mostEndpoints; more > 0 {
		t.line(func(p *draw.Pen) { p.Text(draw.Label, "outages of "+words.Counted(more, "more endpoint")+" left out") })
	}
	failed := t.failures(names)
	if len(lasting)+len(over)+failed == 0 {
		t.line(func(p *draw.Pen) { p.Text(draw.Plain, "nothing was down") })
	}
	t.line(func(*draw.Pen) {})
}

// ended writes the newest outages of an endpoint that are over, and how many there were
// before these.
func (t *summary) ended(list []outage, now time.Duration, names int) {
	v := &t.snap.Sensors[slices.IndexFunc(t.snap.Sensors, func(v stats.SensorView) bool { return v.Index == list[0].sensor })]
	all := v.Health.Whole.Outages // the oldest verdicts are gone
	if v.Health.State == health.Down {
		all--
	}
	list = list[max(len(list)-mostOutages, 0):]
	if more := all - len(list); more > 0 {
		t.named(list[0].sensor, names, draw.Label, words.Counted(more, "earlier outage")+" left out")
	}
	for _, o := range list {
		t.outage(o, now, names)
	}
}

// outage writes one outage.
func (t *summary) outage(o outage, now time.Duration, names int) {
	run := t.snap.Run
	lasted, r := words.Lasting(o.ended-o.began)+o.about, draw.Plain
	if o.ended == 0 {
		lasted, r = words.Lasting(now-o.began)+", not over", draw.Fail
	}
	text := sentence.Moment(run, o.began) + " for " + lasted
	if day := sentence.NewDay(run, o.began, 0); day != "" {
		text = day + ", " + text
	}
	if o.cause != "" {
		text += ": " + o.cause
	}
	t.named(o.sensor, names, r, "down "+text)
}

// failures writes why calls failed of endpoints that never answered, though these calls are
// too few for an outage, and returns how many such endpoints there are.
func (t *summary) failures(names int) (n int) {
	for i := range t.snap.Sensors {
		v := &t.snap.Sensors[i]
		h := &v.Health
		if h.State != health.Unknown || h.Whole.Asked == 0 || h.Whole.Answered > 0 {
			continue
		}
		n++
		text := "never answered as expected"
		if v.LastErr != "" {
			text += ": " + v.LastErr
		}
		t.named(v.Index, names, draw.Fail, text)
	}
	return n
}

// named writes a line about an endpoint.
func (t *summary) named(sensor, names int, r draw.Role, text string) {
	t.line(func(p *draw.Pen) {
		views.DrawName(p, draw.Strong, t.snap.Run.Sensors[sensor], names)
		p.To(names + 2)
		p.Clip(r, text, t.width-names-2)
	})
}
