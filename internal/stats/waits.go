package stats

import (
	"cmp"
	"slices"
	"time"

	"resiltui/internal/engine/event"
)

// Limits of the breakdown of retries.
const (
	// MaxTries is up to how many attempts of a call are counted separately;
	// more count as this many.
	MaxTries = 8
	// MaxCauses is how many causes of waiting a view holds.
	MaxCauses = 5
	// keptCauses is how many causes are counted separately per sensor: those
	// seen first. Error texts come from outside, and their number is unlimited.
	keptCauses = 16
)

// WaitCause is the waiting that one cause made.
type WaitCause struct {
	// Err is the cause in words; empty for the sum of several causes.
	Err string
	// Waits is how many waits between attempts it caused; Waited how long they
	// took in all.
	Waits  uint64
	Waited time.Duration
}

// RetryView says what retries did and where the time between attempts went.
type RetryView struct {
	// Calls[n-1] is the calls that made n attempts; the last place counts those
	// with more, too. Refused calls made none and are not in it.
	Calls [MaxTries]uint64
	// After[n-1] is the time waited after attempt n; the last place counts what
	// came later, too.
	After [MaxTries]time.Duration
	// Causes are the ones that cost most, most first; Other is the rest.
	Causes []WaitCause
	Other  WaitCause
	// RanOut counts failed calls that made all the attempts they had;
	// Propagated those that an error ended before.
	RanOut, Propagated uint64
}

// waits is what a RetryView is made of.
type waits struct {
	calls  [MaxTries]uint64
	after  [MaxTries]time.Duration
	causes []WaitCause // in order of appearance
	other  WaitCause

	ranOut, propagated uint64
}

// call counts a call.
func (w *waits) call(c *event.Call) {
	if c.Attempts <= 0 {
		return
	}
	w.calls[min(c.Attempts, MaxTries)-1]++
	if c.Result != event.Live {
		if c.RanOut {
			w.ranOut++
		} else {
			w.propagated++
		}
	}
	for i := range c.Tries {
		try := &c.Tries[i]
		if i+1 == len(c.Tries) && try.Wait == 0 {
			break // nothing followed
		}
		w.after[min(i, MaxTries-1)] += try.Wait
		cause := w.cause(try.Err, keptCauses)
		cause.Waits++
		cause.Waited += try.Wait
	}
}

// cause returns where to count the waits of a cause; beyond most causes that is
// other.
func (w *waits) cause(err string, most int) *WaitCause {
	for i := range w.causes {
		if w.causes[i].Err == err {
			return &w.causes[i]
		}
	}
	if len(w.causes) == most {
		return &w.other
	}
	w.causes = append(w.causes, WaitCause{Err: err})
	return &w.causes[len(w.causes)-1]
}

// add counts what another sensor's retries did.
func (w *waits) add(o *waits) {
	for i := range w.calls {
		w.calls[i] += o.calls[i]
		w.after[i] += o.after[i]
	}
	for _, c := range o.causes {
		// A sum counts more causes separately than one sensor does.
		w.cause(c.Err, 4*keptCauses).add(c)
	}
	w.other.add(o.other)
	w.ranOut += o.ranOut
	w.propagated += o.propagated
}

func (c *WaitCause) add(o WaitCause) {
	c.Waits += o.Waits
	c.Waited += o.Waited
}

func (w *waits) view() RetryView {
	v := RetryView{
		Calls: w.calls, After: w.after, Causes: slices.Clone(w.causes), Other: w.other,
		RanOut: w.ranOut, Propagated: w.propagated,
	}
	slices.SortStableFunc(v.Causes, func(a, b WaitCause) int {
		return cmp.Or(cmp.Compare(b.Waited, a.Waited), cmp.Compare(b.Waits, a.Waits), cmp.Compare(a.Err, b.Err))
	})
	if len(v.Causes) > MaxCauses {
		for _, c := range v.Causes[MaxCauses:] {
			v.Other.add(c)
		}
		v.Causes = v.Causes[:MaxCauses:MaxCauses]
	}
	return v
}
