package fault

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
func (f *Injector) Inject(fault Fault, at time.Duration) (Fault, error) {
	fault.Start = at
	if err := fault.Validate(); err != nil {
		return Fault{}, err
	}
	added := f.activate(fault)
	if added.kind.begin != nil {
		added.kind.begin(f, added)
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

// Recover ends all faults at once and returns them in order of start, those
// included that had ended by themselves and were not yet collected by Expire.
// After it no fault is active at any time.
func (f *Injector) Recover(time.Duration) []Fault {
	return untold(f.update(func([]*active) []*active { return nil }))
}

// End ends the fault of a kind at once and returns it; ok is false where there
// is none whose end was not told before.
func (f *Injector) End(kind Number) (ended Fault, ok bool) {
	for _, a := range f.update(func(old []*active) []*active {
		return slices.DeleteFunc(slices.Clone(old), func(a *active) bool { return a.Kind == kind })
	}) {
		if a.Kind == kind && a.told.CompareAndSwap(false, true) {
			ended, ok = a.Fault, true
		}
	}
	return ended, ok
}

// Expire returns the faults that have ended by themselves, because their Until
// has come or because they have failed as many attempts as they should, in order
// of start, each once, so that their end can be told. Reads do not depend on it.
func (f *Injector) Expire(at time.Duration) []Fault {
	var ended []*active
	for _, a := range f.faults.Load().byStart {
		if a.expiredAt(at) || a.spent() && !a.told.Load() {
			ended = append(ended, a)
		}
	}
	if ended == nil {
		return nil // the common case: nothing to write
	}
	// One that is spent stays for the Twin, which may still have to meet it.
	f.update(func(old []*active) []*active {
		return slices.DeleteFunc(slices.Clone(old), func(a *active) bool { return a.expiredAt(at) })
	})
	return untold(ended)
}

// Active returns the faults that an attempt at this time meets, in order of
// start, and nil where there are none.
func (f *Injector) Active(at time.Duration) []Fault {
	var list []Fault
	for _, a := range f.faults.Load().byStart {
		if a.activeAt(at) && !a.spent() {
			list = append(list, a.Fault)
		}
	}
	return list
}

// Faulted reports whether there is an Active fault at this time.
func (f *Injector) Faulted(at time.Duration) bool {
	return slices.ContainsFunc(f.faults.Load().byStart, func(a *active) bool { return a.activeAt(at) && !a.spent() })
}

// update replaces the list of faults by change(list) and returns the old one.
// Change may be called again where another command came between.
func (f *Injector) update(change func([]*active) []*active) []*active {
	for {
		old := f.faults.Load()
		if f.faults.CompareAndSwap(old, newFaults(change(old.byStart))) {
			return old.byStart
		}
	}
}

// untold returns the faults whose end was not told before; now it is.
func untold(list []*active) []Fault {
	var faults []Fault
	for _, a := range list {
		if a.told.CompareAndSwap(false, true) {
			faults = append(faults, a.Fault)
		}
	}
	return faults
}
