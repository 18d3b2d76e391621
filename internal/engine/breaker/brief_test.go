package breaker

import (
	"reflect"
	"testing"
	"time"
)

// In every state, with a window and without.
func TestABriefSaysWhatTheSnapshotSays(t *testing.T) {
	for name, s := range map[string]Settings{
		"failures in a row": {FailureThreshold: 3, SuccessesToClose: 2},
		"rates":             {FailureThreshold: 5, FailureRate: 0.5, Window: Window{Span: 10 * time.Second}, MinVolume: 4},
	} {
		t.Run(name, func(t *testing.T) {
			now, seen := time.Duration(0), make(map[State]bool)
			s.Now, s.OpenFor = func() time.Duration { return now }, time.Second
			b, err := New(s)
			if err != nil {
				t.Fatal(err)
			}
			for i := range 40 {
				now += 300 * time.Millisecond
				if permit, err := b.Acquire(); err == nil {
					compareBrief(t, b, seen)
					o := Success
					if i < 20 {
						o = Failure
					}
					permit.Release(o, nil)
				}
				compareBrief(t, b, seen)
			}
			for _, act := range []func(){b.ForceOpen, b.Disable} {
				act()
				compareBrief(t, b, seen)
			}
			if len(seen) != 5 {
				t.Errorf("seen %v, want all states", seen)
			}
		})
	}
}

// compareBrief compares the fields of a Brief with those of the same names in a Snapshot.
func compareBrief(t *testing.T, b *Breaker, seen map[State]bool) {
	t.Helper()
	brief, snapshot := reflect.ValueOf(b.Brief()), reflect.ValueOf(b.Snapshot())
	for i := range brief.NumField() {
		name := brief.Type().Field(i).Name
		if got, want := brief.Field(i).Interface(), snapshot.FieldByName(name).Interface(); got != want {
			t.Errorf("%s is %v, not %v", name, got, want)
		}
	}
	seen[b.Brief().State] = true
}
