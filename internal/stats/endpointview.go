package stats

import (
	"slices"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/sensors"
)

// The time over which the trend of a value is told, so that it is neither that of a single
// step nor that of an hour ago.
const (
	trendOver     = 2 * time.Minute
	trendOverMost = 10 * time.Minute
	trendLeast    = time.Minute
)

// brief is what is known at a time and quickly told.
func (p *endpoint) brief(now time.Duration) Health {
	h := Health{
		State: p.state, Since: p.since, Cause: p.cause, Failed: p.failed,
		Began: p.last.Began, Ended: p.last.Ended, FlappedOutages: p.flapped(now), Settling: p.settling(now),
	}
	h.Flapping = h.FlappedOutages >= p.thresholds.FlappingOutages
	return h
}

// view is all that is known at a time. s is the sensor of the endpoint.
func (p *endpoint) view(s *sensor, now time.Duration) Health {
	if p == nil {
		return Health{}
	}
	h := p.brief(now)
	h.Availability = p.availability(p.sum(now), p.windowFrom(now), now)
	h.Whole = p.availability(p.whole.counted, 0, now)
	h.P95Now = p.newestP95()
	p.latencyView(&h, now)
	p.trend(&h, s, now)
	return h
}

// windowFrom is the begin of the first minute of the window that ends now.
func (p *endpoint) windowFrom(now time.Duration) time.Duration {
	return max(time.Duration(int64(now/time.Minute)-windowMinutes+1)*time.Minute, 0)
}

// flapped is how many outages began lately.
func (p *endpoint) flapped(now time.Duration) int {
	n := 0
	for n < p.begins.Len() && *p.begins.At(p.begins.Len() - 1 - n) >= now-p.thresholds.FlappingWithin {
		n++
	}
	return n
}

// kept calls yield with each minute of the window, oldest first, as long as that is true.
func (p *endpoint) kept(now time.Duration, yield func(*minute) bool) {
	for n := int64(p.windowFrom(now) / time.Minute); n <= int64(now/time.Minute); n++ {
		if m := p.minutes[n%windowMinutes]; m != nil && m.n == n && !yield(m) {
			return
		}
	}
}

// sum adds the minutes of the window.
func (p *endpoint) sum(now time.Duration) (all counted) {
	p.kept(now, func(m *minute) bool {
		all.add(&m.counted)
		return true
	})
	return all
}

// availability adds the outage in progress to what was counted since from, and works out
// the share.
func (p *endpoint) availability(c counted, from, now time.Duration) Availability {
	a := Availability{
		Asked: uint64(c.asked), Answered: uint64(c.answered), Missed: uint64(c.missed),
		Down: c.down, PlusMinus: c.plusMinus, Outages: int(c.outages), Alone: int(c.alone),
		Opens: uint64(c.opens), Probes: uint64(c.probes),
		Refused: uint64(c.refused), RefusedGood: uint64(c.refusedGood), RefusedBad: uint64(c.refusedBad),
	}
	if p.state == health.Down {
		a.Outages++
		a.Down += max(now-max(p.since, from), 0)
	}
	if a.HasUp = p.state != health.Unknown; !a.HasUp {
		return a
	}
	a.UpShare = 1
	if over := now - max(from, p.firstAt); over > 0 {
		a.UpShare = sensors.Round6(max(1-float64(a.Down)/float64(over), 0))
	} else if p.state == health.Down {
		a.UpShare = 0
	}
	return a
}

// latencyView fills in the percentiles.
func (p *endpoint) latencyView(h *Health, now time.Duration) {
	last := int64(now / stretch)
	first := max(last-stretches+1, int64(p.firstAt/stretch))
	all, count := p.merged(first, last), last-first+1
	h.Answers, h.Max = all.count, all.max
	if all.count >= MinAnswers {
		h.P50, h.P95 = all.percentile(50), all.percentile(95)
	}
	if count < 2 {
		return
	}
	oldest := max(count/6, 1)
	if old := p.merged(first, first+oldest-1); old.count >= MinAnswers {
		from, to := max(time.Duration(first)*stretch, p.firstAt), time.Duration(first+oldest)*stretch
		h.P95Before, h.Before = old.percentile(95), now-from-(to-from)/2
	}
}

// merged is the latencies of some stretches together.
func (p *endpoint) merged(first, last int64) (all histogram) {
	for n := first; n <= last; n++ {
		if l := p.latencies[n%stretches]; l != nil && l.n == n {
			all.merge(&l.histogram)
		}
	}
	return all
}

// trend fills in how the value changes.
func (p *endpoint) trend(h *Health, s *sensor, now time.Duration) {
	if s.last != event.Live {
		return
	}
	var before *minute
	p.kept(now, func(m *minute) bool {
		if !m.hasValue {
			return true
		}
		if h.ValueAgo == 0 {
			h.ValueBefore, h.ValueAgo = m.value, now-m.valueAt
		}
		if m.valueAt >= s.lastAt-trendOverMost && (before == nil || m.valueAt <= s.lastAt-trendOver) {
			before = m
		}
		return true
	})
	if before == nil || s.lastAt-before.valueAt < trendLeast {
		return
	}
	h.HasTrend = true
	h.PerMinute = sensors.Round6((s.value - before.value) / (s.lastAt - before.valueAt).Minutes())
}

// newestP95 is the 95th percentile of the last answers, 0 where there are too few.
func (p *endpoint) newestP95() time.Duration {
	if p.newest.Len() < MinAnswers {
		return 0
	}
	last := p.newest.Last(SureAnswers)
	slices.Sort(last)
	return last[(len(last)*95+99)/100-1]
}
