package policy_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
)

func find(t *testing.T, name string) policy.Setting {
	t.Helper()
	all := policy.Settings()
	i := slices.IndexFunc(all, func(s policy.Setting) bool { return s.Name == name })
	if i < 0 {
		t.Fatalf("there is no setting %s", name)
	}
	return all[i]
}

func with(t *testing.T, assignments ...string) policy.Policy {
	t.Helper()
	var p policy.Policy
	for _, a := range assignments {
		name, value, _ := strings.Cut(a, "=")
		if err := find(t, name).Set(&p, value); err != nil {
			t.Fatalf("%s: %v", a, err)
		}
	}
	if err := p.Validate(); err != nil {
		t.Fatalf("%v: %v", assignments, err)
	}
	return p
}

func TestEverySettingReadsWhatItWrites(t *testing.T) {
	for _, p := range []policy.Policy{{}, with(t, "breaker.windowSpan=30s", "breaker.slowRate=0.8", "retry.budgetTokens=20", "breaker.threshold=off", "retry.baseDelay=off")} {
		for _, s := range policy.Settings() {
			q := p.Complete()
			if err := s.Set(&q, s.Get(p)); err != nil {
				t.Errorf("%s does not take its own %s: %v", s.Name, s.Get(p), err)
				continue
			}
			if d := policy.Differences(p, q); len(d) != 0 {
				t.Errorf("%s=%s changes %v", s.Name, s.Get(p), d)
			}
			if s.Label == "" || s.Help == "" || s.Range == "" {
				t.Errorf("%s lacks words: %+v", s.Name, s)
			}
		}
	}
}

// The default is what nothing said means, and is allowed; the example is another
// value, and usable alone.
func TestEverySettingHasADefaultAndAnExampleInItsRange(t *testing.T) {
	for _, s := range policy.Settings() {
		var p policy.Policy
		if s.Default == "" || s.Default != s.Get(p) || s.Kind == "" {
			t.Errorf("%s: the default is %q, the kind %q", s.Name, s.Default, s.Kind)
		}
		if err := s.Set(&p, s.Default); err != nil || p.Validate() != nil || s.Get(p) != s.Default {
			t.Errorf("%s does not take its default %s: %v", s.Name, s.Default, err)
		}
		p = policy.Policy{}
		if err := s.Set(&p, s.Example); err != nil || p.Validate() != nil {
			t.Errorf("%s does not take its example %s: %v, %v", s.Name, s.Example, err, p.Validate())
		}
		if got := s.Get(p); got != s.Example || got == s.Default {
			t.Errorf("%s=%s gives %s", s.Name, s.Example, got)
		}
	}
}

// The tuning panel shows what steps lead to: every place must be a policy that
// can be used, and every way must end or go round.
func TestEveryStepLeavesAUsablePolicyAndComesBack(t *testing.T) {
	for _, s := range policy.Settings() {
		for _, up := range []bool{true, false} {
			var p policy.Policy
			seen := map[string]bool{}
			for range 1100 {
				before := s.Get(p)
				s.Step(&p, up)
				if err := p.Validate(); err != nil {
					t.Fatalf("%s from %s, up %v: %v", s.Name, before, up, err)
				}
				if now := s.Get(p); now == before || seen[now] {
					break
				}
				seen[s.Get(p)] = true
			}
			if len(seen) == 0 && up {
				t.Errorf("%s cannot be stepped up from %s", s.Name, s.Get(p))
			}
			if end := s.Get(p); !up && strings.HasSuffix(s.Range, policy.Off) && s.Name != "breaker.minVolume" && end != policy.Off && s.Name != "breaker.windowBuckets" {
				t.Errorf("%s steps down to %s, not to off", s.Name, end)
			}
		}
	}
}

func TestStepsAreNice(t *testing.T) {
	for _, c := range []struct {
		name, from string
		up         bool
		want       string
	}{
		{"breaker.threshold", "5", true, "6"},
		{"breaker.threshold", "1", true, "2"},
		{"breaker.threshold", "1000000", true, "1000000"},
		{"breaker.openFor", "3s", true, "4s"},
		{"breaker.openFor", "3s", false, "2.5s"},
		{"breaker.openFor", "50s", true, "1m"},
		{"breaker.openFor", "1ms", false, "1ms"},
		{"timeout", "off", true, "1ms"},
		{"timeout", "1ms", false, "off"},
		{"retry.jitter", "decorrelated", true, "none"},
		{"retry.jitter", "none", false, "decorrelated"},
		{"breaker.off", "false", true, "true"},
		{"breaker.failureRate", "0.05", false, "off"},
		{"breaker.failureRate", "0.5", true, "0.55"},
		{"breaker.openMax", "off", true, "3s"}, // no shorter than openFor
	} {
		p := with(t, c.name+"="+c.from)
		find(t, c.name).Step(&p, c.up)
		if got := find(t, c.name).Get(p); got != c.want {
			t.Errorf("%s from %s, up %v: %s, want %s", c.name, c.from, c.up, got, c.want)
		}
	}
}

func TestEachSettingCanBeSetAloneAndBringsWhatItNeeds(t *testing.T) {
	for assignment, want := range map[string][]string{
		"breaker.failureRate=0.4":   {"failure rate off → 0.4", "window off → 20 calls", "judge from off → 20 calls on"},
		"breaker.slowRate=0.4":      {"slow beyond off → 200ms", "slow-call rate off → 0.4", "window off → 20 calls", "judge from off → 20 calls on"},
		"breaker.slowCall=1s":       {"slow beyond off → 1s", "slow-call rate off → 0.5", "window off → 20 calls", "judge from off → 20 calls on"},
		"breaker.windowSpan=30s":    {"failure rate off → 0.5", "window of off → 30s", "window in off → 10 steps", "judge from off → 10 calls on"},
		"breaker.windowBuckets=5":   {"failure rate off → 0.5", "window of off → 10s", "window in off → 5 steps", "judge from off → 10 calls on"},
		"breaker.minVolume=30":      {"failure rate off → 0.5", "window off → 30 calls", "judge from off → 30 calls on"},
		"breaker.threshold=off":     {"trip after 5 → off", "failure rate off → 0.5", "window off → 20 calls", "judge from off → 20 calls on"},
		"retry.budgetTokens=20":     {"retry budget off → 20 tokens", "a success gives back off → 0.1 tokens"},
		"retry.budgetRatio=1":       {"retry budget off → 10 tokens", "a success gives back off → 1 token"},
		"breaker.threshold=1":       {"trip after 5 → 1 failure"},
		"breaker.threshold=3":       {"trip after 5 → 3 failures in a row"},
		"fallback.strategy=drop":    nil,
		"fallback.maxAge=0s":        nil,
		"retry.baseDelay=off":       {"first wait 50ms → off"},
		"breaker.openFor=1h":        {"open for 3s → 1h"},
		"breaker.closeAfter=1":      {"close after 2 → 1 good probe"},
		"retry.backoff=linear":      {"backoff exponential → linear"},
		"breaker.windowCalls=0":     nil,
		"breaker.windowSpan=off":    nil,
		"breaker.windowBuckets=off": nil,
	} {
		got := policy.Differences(policy.Policy{}, with(t, assignment))
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", assignment, got, want)
		}
	}
}

func TestTheOrderOfSettingsMakesNoDifference(t *testing.T) {
	a := with(t, "breaker.windowSpan=30s", "breaker.slowRate=0.8", "breaker.slowCall=90ms")
	b := with(t, "breaker.slowCall=90ms", "breaker.windowSpan=30s", "breaker.slowRate=0.8")
	if d := policy.Differences(a, b); len(d) > 0 || a.Complete().Breaker.FailureRate != 0 {
		t.Errorf("%v, %+v", d, a.Complete().Breaker)
	}
}

func TestTheLastRateTakesItsWindowWithIt(t *testing.T) {
	for _, name := range []string{"breaker.failureRate", "breaker.windowCalls"} {
		p := with(t, "breaker.threshold=off", "breaker.failureRate=0.4", "breaker.windowCalls=50").Complete()
		if err := find(t, name).Set(&p, policy.Off); err != nil {
			t.Fatal(err)
		}
		if d := policy.Differences(policy.Policy{}, p); len(d) > 0 {
			t.Errorf("%s=off leaves %v", name, d)
		}
	}
	p := with(t, "breaker.windowSpan=1m").Complete()
	_ = find(t, "breaker.windowSpan").Set(&p, "0s")
	if d := policy.Differences(policy.Policy{}, p); len(d) > 0 {
		t.Errorf("the span leaves %v", d)
	}
	// One window takes the other's place.
	p = with(t, "breaker.windowSpan=1m", "breaker.windowCalls=7", "breaker.windowSpan=off")
	if w := p.Complete().Breaker.Window; w != (breaker.Window{Calls: 7}) {
		t.Errorf("%+v", w)
	}
	_ = find(t, "breaker.slowCall").Set(&p, "1s")
	_ = find(t, "breaker.slowCall").Set(&p, policy.Off)
	_ = find(t, "retry.budgetTokens").Set(&p, "5")
	_ = find(t, "retry.budgetTokens").Set(&p, policy.Off)
	_ = find(t, "retry.budgetRatio").Set(&p, policy.Off)
	if p.BudgetTokens != 0 || p.BudgetRatio != 0 || p.Breaker.SlowRate != 0 {
		t.Errorf("%+v", p)
	}
}

func TestABadValueIsToldWhatIsAllowed(t *testing.T) {
	for assignment, want := range map[string]string{
		"timeout=x":                    "must be a time such as 250ms or 3s, from 0s to 24h0m0s, or off",
		"retry.attempts=0":             "must be a whole number from 1 to 100",
		"breaker.threshold=0":          "must be a whole number from 1 to 1000000, or off",
		"breaker.openGrowth=NaN":       "must be a number from 1 to 1000",
		"breaker.failureRate=2":        "must be a number from 0 to 1, or off",
		"breaker.off=on":               "must be true or false",
		"fallback.strategy=magic":      "want one of drop, last-known-good, interpolated",
		"retry.backoff=cubic":          "want one of exponential, linear, constant",
		"breaker.openFor=off":          "must be a time such as 250ms or 3s, from 1ns to 24h0m0s",
		"breaker.windowCalls=99999999": "must be a whole number from 0 to 100000, or off",
	} {
		name, value, _ := strings.Cut(assignment, "=")
		var p policy.Policy
		err := find(t, name).Set(&p, value)
		if err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: %v", assignment, err)
		}
		if !reflect.DeepEqual(p, policy.Policy{}) {
			t.Errorf("%s changes the policy", assignment)
		}
	}
}

func TestAPolicyThatCannotBeUsedIsNamed(t *testing.T) {
	for want, p := range map[string]policy.Policy{
		"timeout":        {Timeout: -1},
		"max attempts":   {Retry: retry.Policy{MaxAttempts: -1}},
		"a whole number": {BudgetTokens: 1.5},
		"ratio":          {BudgetRatio: -1},
		"OpenFor":        {Breaker: breaker.Settings{OpenFor: -1}},
		"hope":           {Strategy: "hope"},
		"max age":        {MaxAge: -time.Second},
	} {
		if err := p.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func TestABudgetIsMadeOfItsTokens(t *testing.T) {
	none, err := policy.Policy{}.Budget()
	if none != nil || err != nil {
		t.Errorf("%v, %v", none, err)
	}
	b, err := policy.Policy{BudgetTokens: 4}.Budget()
	if err != nil || b.State().Max != 4 || b.State().Ratio != policy.DefaultRatio {
		t.Errorf("%+v, %v", b, err)
	}
	if n := (policy.Policy{}).Resolved().Retry.MaxAttempts; n != retry.DefaultMaxAttempts {
		t.Errorf("%d attempts", n)
	}
}

// A policy may hold functions, and is part of what snapshots hold.
func TestAPolicyIsWrittenByItsSettings(t *testing.T) {
	p := with(t, "breaker.threshold=4")
	p.Retry.RetryOn = []retry.Match{retry.Is(breaker.ErrOpen)}
	text, err := json.Marshal(p)
	if err != nil || !strings.Contains(string(text), `"breaker.threshold":"4"`) {
		t.Errorf("%s, %v", text, err)
	}
}

// A policy and what it resolves to are one policy: the same settings in force, as
// usable, and nothing is left that a default would fill in.
func TestAResolvedPolicyIsTheSamePolicy(t *testing.T) {
	for _, p := range []policy.Policy{
		{},
		with(t, "breaker.threshold=off"),
		with(t, "breaker.slowCall=1s", "retry.baseDelay=off", "retry.attempts=1"),
		with(t, "breaker.windowSpan=30s", "retry.budgetRatio=1", "fallback.strategy=interpolated"),
		with(t, "breaker.failureRate=0.4", "breaker.windowCalls=50", "breaker.minVolume=5"),
	} {
		r := p.Resolved()
		if err := r.Validate(); err != nil {
			t.Errorf("%+v: %v", r, err)
		}
		if d := policy.Differences(p, r); len(d) != 0 {
			t.Errorf("%v", d)
		}
		if !reflect.DeepEqual(r, r.Resolved()) {
			t.Errorf("resolved twice: %+v", r.Resolved())
		}
		b, err := breaker.New(p.Complete().Breaker)
		if err != nil {
			t.Fatal(err)
		}
		rules := b.Settings()
		rules.Now, rules.Classify = nil, nil
		if !reflect.DeepEqual(rules, r.Breaker) {
			t.Errorf("%+v is not what the breaker goes by: %+v", r.Breaker, rules)
		}
	}
}
