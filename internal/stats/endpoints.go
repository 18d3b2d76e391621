package stats

import (
	"cmp"
	"slices"
	"time"

	"resiltui/internal/engine/health"
)

// Endpoints is how all real endpoints of a run are. The zero value is a run without any.
type Endpoints struct {
	// How many have each state; flapping ones are counted by theirs.
	Up, Slow, Down, Unknown int
	// Unwell are those that are not well, in the order in which they are told: DOWN, then
	// flapping, then SLOW, and of each kind the newest first.
	Unwell []Unwell
	// Since is when the last of them came to be as it is now.
	Since time.Duration
	// Last is the newest outage that is over, where Ended is not 0.
	Last Outage
}

// Unwell is an endpoint that is not well.
type Unwell struct {
	// Index is its place in the run.
	Index int
	State health.State
	// Since and Cause are of the State; Flapped outages began lately, where it flaps.
	Since    time.Duration
	Cause    string
	Flapping bool
	Flapped  int
}

// Outage is an outage that is over, of the endpoint at an index.
type Outage struct {
	Index int
	// Began is when the first failed call did, Ended the middle between the last failed
	// call and the first answer, and PlusMinus half of the time between these two.
	Began, Ended, PlusMinus time.Duration
	// Cause is the error of the first failed call, in words.
	Cause string
}

// Lasted is how long the outage lasted.
func (o *Outage) Lasted() time.Duration { return o.Ended - o.Began }

// Count is how many endpoints there are.
func (e *Endpoints) Count() int { return e.Up + e.Slow + e.Down + e.Unknown }

// add counts an endpoint.
func (e *Endpoints) add(index int, h *Health, last *Outage) {
	switch h.State {
	case health.Up:
		e.Up++
	case health.Slow:
		e.Slow++
	case health.Down:
		e.Down++
	default:
		e.Unknown++
		return
	}
	e.Since = max(e.Since, h.Since)
	if last.Ended > e.Last.Ended {
		e.Last = *last
	}
	if h.State != health.Up || h.Flapping {
		e.Unwell = append(e.Unwell, Unwell{index, h.State, h.Since, h.Cause, h.Flapping, h.FlappedOutages})
	}
}

// sort puts those that are not well in order.
func (e *Endpoints) sort() {
	slices.SortStableFunc(e.Unwell, func(a, b Unwell) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(b.Since, a.Since))
	})
}

// rank is that of its Health.
func (u *Unwell) rank() Rank { return (&Health{State: u.State, Flapping: u.Flapping}).Rank() }

// endpoints is how all real endpoints are at a time.
func (t *Aggregator) endpoints(now time.Duration) (all Endpoints) {
	for i := range t.sensors {
		if p := t.sensors[i].endpoint; p != nil {
			h := p.brief(now)
			all.add(i, &h, &p.last)
		}
	}
	all.sort()
	return all
}
