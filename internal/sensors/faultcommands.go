package sensors

import (
	"cmp"
	"slices"
	"time"
)

// Inject puts a fault into effect at a time of the run, which becomes its
// Start, and returns it so. Until is a time of the run too, after at, or 0. A
// fault of the same kind is replaced. The error is that of [Fault.Validate];
// nothing changes then.
//
// A stuck sensor holds the last good value that was read before. Where nothing
// was read yet, it is the true signal's value at the start, and on a sensor
// without a true signal the first good value after it.
func (f *Faulty) Inject(fault Fault, at time.Duration) (Fault, error) {
	fault.Start = at
	if err := fault.Validate(); err != nil {
		return Fault{}, err
	}
	added := &active{Fault: fault}
	if fault.Kind == Stuck {
		f.capture(added)
	}
	f.update(func(old []*active) []*active {
		list := make([]*active, 0, len(old)+1)
		for _, a := range old {
			if a.Kind != fault.Kind {
				list = append(list, a)
			}
		}
		list = append(list, added)
		slices.SortStableFunc(list, func(a, b *active) int { return cmp.Compare(a.Start, b.Start) })
		return list
	})
	return fault, nil
}

// capture gives a stuck sensor the value that it had when the fault began.
func (f *Faulty) capture(a *active) {
	if r, ok := f.last.get(); ok {
		a.held.Store(&r.Value)
		return
	}
	if f.truth != nil {
		v := clamp6(f.truth.Truth(a.Start))
		a.held.Store(&v)
	}
}

// Recover ends all faults at once and returns them in order of start, those
// included that had ended by themselves and were not yet collected by Expire.
// After it no fault is active at any time.
func (f *Faulty) Recover(time.Duration) []Fault {
	return faultsOf(f.update(func([]*active) []*active { return nil }))
}

// Expire takes out the faults whose Until has come, and returns them in order of
// start, each once, so that their end can be told. Reads do not depend on it:
// a fault ends at its Until by itself.
func (f *Faulty) Expire(at time.Duration) []Fault {
	if !slices.ContainsFunc(*f.faults.Load(), func(a *active) bool { return a.expiredAt(at) }) {
		return nil // the common case: nothing to write
	}
	var ended []*active
	f.update(func(old []*active) []*active {
		ended = nil
		var list []*active
		for _, a := range old {
			if a.expiredAt(at) {
				ended = append(ended, a)
			} else {
				list = append(list, a)
			}
		}
		return list
	})
	return faultsOf(ended)
}

// Active returns the faults that an attempt at this time meets, in order of
// start, and nil where there are none.
func (f *Faulty) Active(at time.Duration) []Fault {
	var list []Fault
	for _, a := range *f.faults.Load() {
		if a.activeAt(at) {
			list = append(list, a.Fault)
		}
	}
	return list
}

// update replaces the list of faults by change(list) and returns the old one.
// Change may be called again where another command came between.
func (f *Faulty) update(change func([]*active) []*active) []*active {
	for {
		old := f.faults.Load()
		list := change(*old)
		if f.faults.CompareAndSwap(old, &list) {
			return *old
		}
	}
}

func faultsOf(list []*active) []Fault {
	var faults []Fault
	for _, a := range list {
		faults = append(faults, a.Fault)
	}
	return faults
}
