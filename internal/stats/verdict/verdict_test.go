package verdict

import (
	"testing"
	"time"
)

func TestTheTextOfAVerdict(t *testing.T) {
	v := Verdict{Seen: true, SeenAfter: 2200 * time.Millisecond, Attempts: 18, Avoided: 24, Back: 2600 * time.Millisecond}
	for want, change := range map[string]func(*Verdict){
		"verdict: seen after 2.2 s, 18 attempts instead of 42, back 2.6 s after":       func(*Verdict) {},
		"verdict: seen after 2.2 s, 18 attempts instead of up to 42, back 2.6 s after": func(v *Verdict) { v.AvoidedAtMost = true },
		"verdict: not seen, 1 attempt, back 2.6 s after":                               func(v *Verdict) { v.Seen, v.Attempts, v.Avoided = false, 1, 0 },
	} {
		w := v
		change(&w)
		if got := w.Text(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
