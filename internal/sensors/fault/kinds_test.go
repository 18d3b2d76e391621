package fault

import (
	"testing"
	"time"
)

// Numbers, names and keys are in files, in people's fingers, and in the draws of runs
// that are to be run again: rows are added, and never changed.
func TestKindsOfFaultsKeepTheirNumbersNamesAndKeys(t *testing.T) {
	rows := []struct {
		number             Number
		name, key, title   string
		label              string // of the default
		wrongValue, counts bool
	}{
		{Crash, "crash", "c", "crash", "crash", false, false},
		{Hang, "hang", "b", "black hole", "black hole", false, false},
		{Slow, "slow", "s", "slow", "slow +150 ms", false, false},
		{Errors, "errors", "e", "errors", "errors 50 %", false, false},
		{Flap, "flap", "p", "flap", "flap 6.0 s", false, false},
		{Corrupt, "corrupt", "x", "corrupt", "corrupt", true, false},
		{Stuck, "stuck", "i", "stuck", "stuck", true, false},
		{Jitter, "jitter", "J", "jitter", "jitter 50 ms ×3", false, false},
		{Burst, "burst", "B", "burst", "bursts 25 % of 4.0 s", false, false},
		{FailFirst, "fail-first", "F", "fail first", "fails first 5", false, true},
		{Brownout, "brownout", "O", "brownout", "brownout +25 ms each", false, true},
		{Drift, "drift", "D", "drift", "drift +20 % a min", true, false},
		{Spike, "spike", "S", "spike", "spikes ×10 in 10 %", true, false},
		{RateLimit, "rate-limit", "L", "rate limit", "rate limit 1 a s", false, true},
		{CallerCancel, "cancel", "C", "cancel", "cancels 50 %", false, false},
		{Panic, "panic", "P", "panic", "panics 20 %", false, false},
	}
	if len(rows) != len(Kinds()) {
		t.Fatalf("%d rows for %d kinds", len(rows), len(Kinds()))
	}
	for k, kind := range Kinds() {
		want := rows[k]
		if kind.Number != want.number || kind.Number != Number(k+1) || kind.Default.Kind != want.number {
			t.Errorf("%s has the number %d, its default %d", want.name, kind.Number, kind.Default.Kind)
		}
		if kind.Name != want.name || kind.Number.String() != want.name || kind.Key != want.key || kind.Title != want.title {
			t.Errorf("%s: %q, %q, key %q", want.name, kind.Name, kind.Title, kind.Key)
		}
		if got := Default(want.number); got != kind.Default || got.Label() != want.label || got.Until != 0 || got.Validate() != nil {
			t.Errorf("%s: %q, %v", want.name, got.Label(), got.Validate())
		}
		if got := kind.Number.WrongValue(); got != want.wrongValue {
			t.Errorf("%s: wrong value %v", want.name, got)
		}
		if got := countsReads(kind.Number); got != want.counts {
			t.Errorf("%s: counts reads %v", want.name, got)
		}
	}
}

func TestALabelSaysHowMuch(t *testing.T) {
	for f, want := range map[Fault]string{
		{Kind: Slow, Extra: 1500 * time.Millisecond}:          "slow +1.5 s",
		{Kind: Slow, Extra: 500 * time.Microsecond}:           "slow +0.5 ms",
		{Kind: Errors, Rate: 0.125}:                           "errors 12.5 %",
		{Kind: RateLimit, Count: 3, Period: 10 * time.Second}: "rate limit 3 in 10.0 s",
		{Kind: 99}: "fault(99)",
	} {
		if got := f.Label(); got != want {
			t.Errorf("label %q, want %q", got, want)
		}
	}
	if got := Default(99); got != (Fault{Kind: 99}) {
		t.Errorf("the default of what is no kind is %+v", got)
	}
}
