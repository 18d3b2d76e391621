package clock

import (
	"cmp"
	"context"
	"slices"
)

// watch is a channel of a context that this package did not make and under
// which tasks wait. The clock is not notified when it closes, so it is polled
// before each step. That costs a few nanoseconds a step for one context that
// all tasks share, such as that of the run, but much for one context per task:
// those should come from WithTimeout.
type watch struct {
	done  <-chan struct{}
	tasks int  // how many wait under it
	fired bool // closed, and the tasks are awake
}

// attend records that one more task waits under ctx, or with -1 that one less
// does.
func (v *Virtual) attend(ctx context.Context, by int) {
	c, foreign := trace(ctx, v)
	for {
		if foreign != nil {
			v.watch(foreign, by)
		}
		if c == nil {
			return
		}
		c.sleepers += by
		c, foreign = c.up, c.foreign
	}
}

func (v *Virtual) watch(done <-chan struct{}, by int) {
	i := slices.IndexFunc(v.foreign, func(w watch) bool { return w.done == done })
	if i < 0 {
		v.foreign = append(v.foreign, watch{done: done, tasks: by})
		return
	}
	v.foreign[i].tasks += by
	if v.foreign[i].tasks == 0 {
		last := len(v.foreign) - 1
		v.foreign[i] = v.foreign[last]
		v.foreign[last] = watch{}
		v.foreign = v.foreign[:last]
	}
}

// poll wakes the tasks whose foreign context has ended since the last time.
func (v *Virtual) poll() {
	fired := false
	for i := range v.foreign {
		w := &v.foreign[i]
		if w.fired {
			continue
		}
		select {
		case <-w.done:
			w.fired, fired = true, true
		default:
		}
	}
	if fired {
		v.wakeEnded()
	}
}

// wakeEnded wakes every parked task whose context has ended, in the order in
// which they parked.
func (v *Virtual) wakeEnded() {
	var awake []*task
	for _, t := range v.tasks {
		if t.ctx != nil && ended(t.ctx, v) != nil {
			awake = append(awake, t)
		}
	}
	slices.SortFunc(awake, func(a, b *task) int { return cmp.Compare(a.parked, b.parked) })
	for _, t := range awake {
		v.wake(t)
	}
}
