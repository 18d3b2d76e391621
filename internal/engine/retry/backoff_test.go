package retry_test

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"resiltui/internal/engine/retry"
)

const (
	ms      = time.Millisecond
	longest = time.Duration(math.MaxInt64)
)

func TestDelayFollowsTheFormulas(t *testing.T) {
	base := 50 * ms
	for _, tt := range []struct {
		name   string
		policy retry.Policy
		n      int
		prev   time.Duration
		u      float64
		want   time.Duration
	}{
		{"the first wait is the base delay", retry.Policy{BaseDelay: base}, 1, 0, 0, 50 * ms},
		{"exponential doubles", retry.Policy{BaseDelay: base}, 2, 0, 0, 100 * ms},
		{"exponential doubles again", retry.Policy{BaseDelay: base}, 5, 0, 0, 800 * ms},
		{"exponential stops at the cap", retry.Policy{BaseDelay: base, MaxDelay: 300 * ms}, 5, 0, 0, 300 * ms},
		{"a cap below the base wins", retry.Policy{BaseDelay: base, MaxDelay: ms}, 1, 0, 0, ms},
		{"linear", retry.Policy{BaseDelay: base, Backoff: retry.Linear}, 5, 0, 0, 250 * ms},
		{"constant", retry.Policy{BaseDelay: base, Backoff: retry.Constant}, 5, 0, 0, 50 * ms},
		{"zero base means 50 ms", retry.Policy{}, 1, 0, 0, 50 * ms},
		{"no delay means none", retry.Policy{BaseDelay: retry.NoDelay}, 9, 0, 0, 0},
		{"n below 1 counts as 1", retry.Policy{BaseDelay: base}, -3, 0, 0, 50 * ms},
		{"full, lowest draw", retry.Policy{BaseDelay: base, Jitter: retry.Full}, 2, 0, 0, 0},
		{"full, middle draw", retry.Policy{BaseDelay: base, Jitter: retry.Full}, 2, 0, 0.5, 50 * ms},
		{"full draws below the cap", retry.Policy{BaseDelay: base, Jitter: retry.Full, MaxDelay: 80 * ms}, 9, 0, 0.5, 40 * ms},
		{"equal, lowest draw", retry.Policy{BaseDelay: base, Jitter: retry.Equal}, 2, 0, 0, 50 * ms},
		{"equal, middle draw", retry.Policy{BaseDelay: base, Jitter: retry.Equal}, 2, 0, 0.5, 75 * ms},
		{"decorrelated starts from the base", retry.Policy{BaseDelay: base, Jitter: retry.Decorrelated}, 1, 0, 0.5, 100 * ms},
		{"decorrelated, lowest draw", retry.Policy{BaseDelay: base, Jitter: retry.Decorrelated}, 2, 100 * ms, 0, 50 * ms},
		{"decorrelated, middle draw", retry.Policy{BaseDelay: base, Jitter: retry.Decorrelated}, 2, 100 * ms, 0.5, 175 * ms},
		{"decorrelated stops at the cap", retry.Policy{BaseDelay: base, Jitter: retry.Decorrelated, MaxDelay: 90 * ms}, 2, 100 * ms, 0.5, 90 * ms},
		{"a draw of 1 is the end of the range", retry.Policy{BaseDelay: base, Jitter: retry.Full}, 1, 0, 1, 50 * ms},
		{"a draw that is no number is the start", retry.Policy{BaseDelay: base, Jitter: retry.Full}, 1, 0, math.NaN(), 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.policy.Delay(tt.n, tt.prev, tt.u); got != tt.want {
				t.Errorf("Delay(%d, %v, %v) = %v, want %v", tt.n, tt.prev, tt.u, got, tt.want)
			}
		})
	}
}

func TestBugH3BackoffNeverOverflows(t *testing.T) {
	draws := []float64{0, 0.5, math.Nextafter(1, 0)}
	for _, base := range []time.Duration{2, 50 * ms, time.Hour, longest / 2, longest} {
		for _, limit := range []time.Duration{0, time.Minute, longest} {
			for backoff := retry.Exponential; backoff <= retry.Constant; backoff++ {
				for jitter := retry.NoJitter; jitter <= retry.Decorrelated; jitter++ {
					p := retry.Policy{BaseDelay: base, MaxDelay: limit, Backoff: backoff, Jitter: jitter}
					top := longest
					if limit > 0 {
						top = limit
					}
					for n := 0; n <= 1_000_000; n = n + 1 + n/2 {
						checkDelay(t, p, n, top, draws)
					}
					checkDelay(t, p, 1_000_000, top, draws)
					checkDelay(t, p, math.MaxInt, top, draws)
				}
			}
		}
	}
}

func checkDelay(t *testing.T, p retry.Policy, n int, top time.Duration, draws []float64) {
	t.Helper()
	for _, u := range draws {
		for _, prev := range []time.Duration{0, longest} {
			d := p.Delay(n, prev, u)
			least := time.Duration(1) // full jitter alone may draw 0
			if p.Jitter == retry.Full {
				least = 0
			}
			if d < least || d > top {
				t.Fatalf("%v %v base %v: Delay(%d, %v, %v) = %d, want %d to %d", p.Backoff, p.Jitter, p.BaseDelay, n, prev, u, d, least, top)
			}
		}
	}
}

func TestBugH3WaitsGrowWithEveryAttemptUpToAMillion(t *testing.T) {
	p := retry.Policy{BaseDelay: 50 * ms, MaxDelay: longest}
	var last time.Duration
	for n := range 1_000_001 {
		d := p.Delay(n, 0, 0)
		if d <= 0 || d < last {
			t.Fatalf("Delay(%d) = %d after %d", n, d, last)
		}
		last = d
	}
	if last != longest {
		t.Errorf("the last wait is %d, want the longest duration", last)
	}
}

func TestJitterIsSpreadEvenlyOverItsRange(t *testing.T) {
	for _, tt := range []struct {
		jitter     retry.Jitter
		low, high  time.Duration
		prev, mean time.Duration
	}{
		{retry.Full, 0, 200 * ms, 0, 100 * ms},
		{retry.Equal, 100 * ms, 200 * ms, 0, 150 * ms},
		{retry.Decorrelated, 50 * ms, 300 * ms, 100 * ms, 175 * ms},
	} {
		t.Run(tt.jitter.String(), func(t *testing.T) {
			r := rand.New(rand.NewPCG(42, 1))
			p := retry.Policy{BaseDelay: 50 * ms, Jitter: tt.jitter}
			const draws = 50_000
			var sum time.Duration
			for range draws {
				d := p.Delay(3, tt.prev, r.Float64())
				if d < tt.low || d > tt.high {
					t.Fatalf("%v is not from %v to %v", d, tt.low, tt.high)
				}
				sum += d
			}
			if off := (sum/draws - tt.mean).Abs(); off > 2*ms {
				t.Errorf("mean wait %v, want about %v", sum/draws, tt.mean)
			}
		})
	}
}

func TestNamesOfKindsGoBothWays(t *testing.T) {
	for b := retry.Exponential; b <= retry.Constant; b++ {
		text, err := b.MarshalText()
		var back retry.Backoff
		if err != nil || back.UnmarshalText(text) != nil || back != b || string(text) != b.String() {
			t.Errorf("%d became %q and then %v (%v)", b, text, back, err)
		}
	}
	for j := retry.NoJitter; j <= retry.Decorrelated; j++ {
		text, err := j.MarshalText()
		var back retry.Jitter
		if err != nil || back.UnmarshalText(text) != nil || back != j || string(text) != j.String() {
			t.Errorf("%d became %q and then %v (%v)", j, text, back, err)
		}
	}
}

func TestAnUnknownKindIsNamedWithTheKnownOnes(t *testing.T) {
	b, j := retry.Linear, retry.Equal
	errB, errJ := b.UnmarshalText([]byte("cubic")), j.UnmarshalText([]byte("some"))
	if errB == nil || errB.Error() != `unknown backoff "cubic": want one of exponential, linear, constant` || b != retry.Linear {
		t.Errorf("backoff %v, error %v", b, errB)
	}
	if errJ == nil || errJ.Error() != `unknown jitter "some": want one of none, full, equal, decorrelated` || j != retry.Equal {
		t.Errorf("jitter %v, error %v", j, errJ)
	}
	if s := retry.Backoff(9).String() + " " + retry.Jitter(9).String(); s != "Backoff(9) Jitter(9)" {
		t.Errorf("got %s", s)
	}
	if _, err := retry.Backoff(9).MarshalText(); err == nil {
		t.Error("an unknown backoff was marshalled")
	}
	if _, err := retry.Jitter(9).MarshalText(); err == nil {
		t.Error("an unknown jitter was marshalled")
	}
}
