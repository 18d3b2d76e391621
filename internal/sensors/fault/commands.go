package fault

import (
	"cmp"
	"slices"
	"time"
)

// Inject makes a fault active at a time of the run, which becomes its Start,
// and returns the fault with it. Until is a time of the run too, after at, or
// 0. A fault of the same kind is replaced. The error is that of
// [Fault.Validate]; nothing changes then.
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
		list := slices.DeleteFunc(slices.Clone(old), func(a *active) bool { return a.Kind == fault.Kind })
		list = append(list, added)
		slices.SortStableFunc(list, func(a, b *active) int { return cmp.Compare(a.Start, b.Start) })
		return list
	})
	return fault, nil
}

// Recover ends all faults at once and returns them in order of start, those
// included that had ended by themselves and were not yet collected by Expire.
// After it no fault is active at any time.
func (f *Injector) Recover() []Fault {
	return f.take(func(*active) bool { return true })
}

// End ends the fault of a kind at once and returns it; ok is false where there
// is none.
func (f *Injector) End(kind Number) (ended Fault, ok bool) {
	for _, ended = range f.take(func(a *active) bool { return a.Kind == kind }) {
		ok = true
	}
	return ended, ok
}

// Expire returns the faults that have ended by themselves, because their Until
// has come or because they have failed as many attempts as they should, in order
// of start, each once, so that their end can be published. Reads do not depend
// on it.
func (f *Injector) Expire(at time.Duration) []Fault {
	return f.take(func(a *active) bool { return a.expiredAt(at) || a.spent() })
}

// take takes faults out of the list and returns them, in order of start. Each is
// returned to one caller only.
func (f *Injector) take(which func(a *active) bool) (taken []Fault) {
	if !slices.ContainsFunc(f.faults.Load().byStart, which) {
		return nil // the common case: nothing to write
	}
	f.update(func(old []*active) (left []*active) {
		taken = nil
		for _, a := range old {
			if which(a) {
				taken = append(taken, a.Fault)
			} else {
				left = append(left, a)
			}
		}
		return left
	})
	return taken
}

// Active returns the faults that affect an attempt at this time, in order of
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

// update replaces the list of faults by change(list). change may be called again where
// another command came in between.
func (f *Injector) update(change func([]*active) []*active) {
	for {
		old := f.faults.Load()
		if f.faults.CompareAndSwap(old, newFaults(change(old.byStart))) {
			return
		}
	}
}
