package export

import (
	"go/format"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
)

const ms = time.Millisecond

// the three policies of the golden files.
func policies() map[string]policy.Policy {
	standard := policy.Policy{
		Timeout:  250 * ms,
		Retry:    retry.Policy{MaxAttempts: 3, BaseDelay: 50 * ms},
		Breaker:  breaker.Settings{FailureThreshold: 5, OpenFor: 3 * time.Second, SuccessesToClose: 2, MaxProbes: 1},
		Strategy: "last-known-good",
	}
	off := standard
	off.BreakerOff, off.Strategy, off.Timeout, off.Retry.MaxAttempts = true, "", 0, 1
	return map[string]policy.Policy{"default": standard, "everything": everything(), "off": off}
}

// everything has every setting on.
func everything() policy.Policy {
	return policy.Policy{
		Timeout: 1500 * time.Microsecond,
		Retry: retry.Policy{
			MaxAttempts: 6, BaseDelay: 20 * ms, MaxDelay: 400 * ms, Backoff: retry.Exponential, Jitter: retry.Equal,
		},
		BudgetTokens: 20, BudgetRatio: 0.25,
		Breaker: breaker.Settings{
			FailureThreshold: 4, Window: breaker.Window{Span: 12500 * ms, Buckets: 5}, MinVolume: 8, FailureRate: 0.4,
			SlowCall: 200 * ms, SlowRate: 0.6, OpenFor: 400 * ms, OpenGrowth: 1.5, OpenMax: 30 * time.Second, OpenJitter: 0.2,
			SuccessesToClose: 3, MaxProbes: 2, ProbeTimeout: 750 * ms,
		},
		Strategy: "interpolated", MaxAge: 10 * time.Second,
	}
}

func code(t testing.TB, name, id string, p policy.Policy) string {
	t.Helper()
	text, err := Code(name, id, p)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestAPolicyInTheWordsOfEveryLibrary(t *testing.T) {
	for _, f := range Formats() {
		for name, p := range policies() {
			t.Run(f.Name+"/"+name, func(t *testing.T) {
				golden.RequireEqual(t, []byte(code(t, f.Name, "S3", p)))
			})
		}
	}
}

// variants are policies that go through every branch of the writers.
func variants() []policy.Policy {
	list := []policy.Policy{{}, everything()}
	with := func(change func(*policy.Policy)) {
		for _, p := range []policy.Policy{{}, everything()} {
			change(&p)
			list = append(list, p)
		}
	}
	for _, b := range []retry.Backoff{retry.Exponential, retry.Linear, retry.Constant} {
		for _, j := range []retry.Jitter{retry.NoJitter, retry.Full, retry.Equal, retry.Decorrelated} {
			for _, top := range []time.Duration{0, 10 * ms, 120 * ms} {
				with(func(p *policy.Policy) {
					p.Retry.Backoff, p.Retry.Jitter, p.Retry.MaxDelay, p.Retry.MaxAttempts = b, j, top, 5
				})
			}
		}
	}
	for _, change := range []func(*policy.Policy){
		func(p *policy.Policy) { p.Retry.BaseDelay = retry.NoDelay },
		func(p *policy.Policy) { p.Retry.MaxAttempts, p.Retry.MaxDelay = 100, 0 },
		func(p *policy.Policy) { p.Retry.MaxAttempts = 1 },
		func(p *policy.Policy) { p.Retry.BaseDelay, p.Breaker.OpenFor = 500*time.Nanosecond, time.Microsecond },
		func(p *policy.Policy) {
			p.Retry.BaseDelay, p.Breaker.OpenFor, p.Breaker.OpenMax = time.Second, time.Millisecond, 0
		},
		func(p *policy.Policy) { p.Retry.BaseDelay, p.Retry.MaxDelay = 24*time.Hour, 0 },
		func(p *policy.Policy) { p.BreakerOff = true },
		func(p *policy.Policy) { p.Timeout = 300 * time.Nanosecond },
		func(p *policy.Policy) { p.Strategy, p.MaxAge = "last-known-good", 0 },
		func(p *policy.Policy) {
			p.Breaker = breaker.Settings{FailureThreshold: breaker.NoThreshold, FailureRate: 0.29, Window: breaker.Window{Calls: 100}}
		},
		func(p *policy.Policy) {
			p.Breaker = breaker.Settings{FailureThreshold: breaker.NoThreshold, SlowRate: 0.5, SlowCall: ms, Window: breaker.Window{Span: 100 * ms}, MinVolume: 1}
		},
		func(p *policy.Policy) {
			p.Breaker = breaker.Settings{FailureThreshold: breaker.NoThreshold, FailureRate: 0.5, Window: breaker.Window{Span: 100 * ms}, MinVolume: 1}
		},
		func(p *policy.Policy) { p.Breaker = breaker.Settings{FailureThreshold: 1, SuccessesToClose: 1} },
		func(p *policy.Policy) { p.Breaker = breaker.Settings{OpenJitter: 1, OpenFor: time.Minute} },
		func(p *policy.Policy) { p.Breaker = breaker.Settings{OpenGrowth: 2} },
	} {
		with(change)
	}
	return list
}

func TestTheGoIsGoAndTheYAMLIsYAMLWhateverThePolicy(t *testing.T) {
	for _, p := range variants() {
		for _, f := range Formats() {
			text := code(t, f.Name, "api.example.com/health", p)
			if !strings.HasSuffix(text, "\n") || strings.Contains(text, "%!") || strings.Contains(text, "\n\n\n") {
				t.Errorf("%s: %q", f.Name, text)
			}
			switch f.Extension {
			case "go":
				if source, err := format.Source([]byte(text)); err != nil || string(source) != text {
					t.Errorf("%s: %v\n%s", f.Name, err, text)
				}
			case "yml":
				document, err := parseYAML(text)
				if err != nil || at(document, "resilience4j", "circuitbreaker", "instances", "[api.example.com/health]") == nil {
					t.Errorf("%s: %v\n%s", f.Name, err, text)
				}
			case "cs":
				for _, pair := range []string{"{}", "()"} {
					if strings.Count(text, pair[:1]) != strings.Count(text, pair[1:]) {
						t.Errorf("%s: %s do not match\n%s", f.Name, pair, text)
					}
				}
			}
		}
	}
}

// setting looks a value of resilience4j's configuration up.
func setting(t *testing.T, p policy.Policy, module, name string) any {
	t.Helper()
	document, err := parseYAML(code(t, "resilience4j", "S3", p))
	if err != nil {
		t.Fatal(err)
	}
	return at(document, "resilience4j", module, "instances", "S3", name)
}

func TestUnitsAreThoseOfTheLibrary(t *testing.T) {
	p := policy.Policy{
		Timeout: 250 * ms, Retry: retry.Policy{BaseDelay: 100 * ms, Jitter: retry.Full, MaxAttempts: 4},
		Breaker: breaker.Settings{FailureRate: 0.29, FailureThreshold: breaker.NoThreshold, Window: breaker.Window{Span: 20 * time.Second}},
	}
	for _, c := range []struct {
		module, name string
		want         any
	}{
		{"circuitbreaker", "failureRateThreshold", "29"}, // a percentage
		{"circuitbreaker", "slidingWindowSize", "20"},    // seconds
		{"circuitbreaker", "waitDurationInOpenState", "3s"},
		{"retry", "maxAttempts", "4"},     // the first included
		{"retry", "waitDuration", "50ms"}, // the middle of 0 to 100 ms
		{"timelimiter", "timeoutDuration", "250ms"},
	} {
		if got := setting(t, p, c.module, c.name); got != c.want {
			t.Errorf("%s %s: %v (%T), want %v", c.module, c.name, got, got, c.want)
		}
	}
	for format, want := range map[string][]string{
		"polly": {
			"MaxRetryAttempts = 3,", "FailureRatio = 0.29,", "SamplingDuration = TimeSpan.FromSeconds(20),",
			"AddTimeout(TimeSpan.FromMilliseconds(250))",
		},
		"failsafe-go": {"WithFailureRateThreshold(0.29, 10, 20*time.Second)", "WithMaxAttempts(4)", "timeout.New[T](250 * time.Millisecond)"},
		"gobreaker":   {"Interval:     20 * time.Second,", "BucketPeriod: 2 * time.Second,", "judged >= 10 && float64(c.TotalFailures) >= 0.29*float64(judged)"},
	} {
		text := code(t, format, "S3", p)
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s: no %q in\n%s", format, w, text)
			}
		}
	}
}

func TestWhatALibraryLacksStandsInAComment(t *testing.T) {
	for format, want := range map[string][]string{
		"gobreaker": {
			"take longer than", "1.5 times longer after each failed probe, 30s at most", "open jitter: up to 20 %", "2 probes at a time",
			"a probe that takes 750ms", "timeout: 1500us", "equal jitter", "20 tokens", "the mean of the last three live readings, not older than 10s",
		},
		"failsafe-go": {
			"take longer than", "4 failures in a row", "1.5 times longer", "2 probes at a time", "a probe that takes 750ms", "20 tokens", "keeping readings",
		},
		"resilience4j": {"4 failures in a row", "a window of 12500ms", "in 5 steps", "open jitter", "2 probes at a time", "20 tokens", "fallbackMethod"},
		"polly": {
			"take longer than", "4 failures in a row", "open for 400ms; its least is 500ms", "3 good probes in a row", "2 probes at a time",
			"a probe that takes 750ms", "a timeout of 1500us", "20 tokens", "keeping readings",
		},
	} {
		var comments strings.Builder
		for line := range strings.Lines(code(t, format, "S3", everything())) {
			if word, rest, ok := strings.Cut(strings.TrimSpace(line), " "); ok && (word == "//" || word == "#") {
				comments.WriteString(rest + " ") // a comment may go on in the next line
			}
		}
		for _, w := range want {
			if !strings.Contains(comments.String(), w) {
				t.Errorf("%s does not say %q:\n%s", format, w, comments.String())
			}
		}
	}
}

func TestWhatIsTooSmallForALibraryIsSaid(t *testing.T) {
	p := policy.Policy{Retry: retry.Policy{BaseDelay: 500 * time.Microsecond}, Breaker: breaker.Settings{OpenFor: 50 * time.Microsecond}}
	text := code(t, "resilience4j", "S3", p)
	for _, want := range []string{
		"an open time of 50us; its least is 1ms", "waitDurationInOpenState: 1ms", "a wait of 500us; its least is 1ms", " waitDuration: 1ms",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func TestABadFormatOrPolicyIsNamed(t *testing.T) {
	_, err := Code("hystrix\x1b[2J", "S3", policy.Policy{})
	if want := `unknown format "hystrix"; the formats are gobreaker, failsafe-go, resilience4j, polly`; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	if _, err := Code("polly", "S3", policy.Policy{Timeout: -1}); err == nil {
		t.Error("a negative timeout was written")
	}
}

func TestAnyIDBecomesANameAndALiteral(t *testing.T) {
	for id, want := range map[string]string{
		"S3": "S3", "api.example.com/health": "ApiExampleComHealth", "3rd": "Sensor3Rd", "": "Sensor", "°": "Sensor",
		"boiler room": "BoilerRoom", "`rm`\n}": "Rm",
	} {
		if got := identifier(id); got != want {
			t.Errorf("%q becomes %q, want %q", id, got, want)
		}
	}
	for id, want := range map[string]string{
		"S3": "S3", "a-b": "a-b", "12": `"[12]"`, "a.b/c": `"[a.b/c]"`, "": `"[]"`, `say "°"`: `"[say \"\u00b0\"]"`,
	} {
		if got := key(id); got != want {
			t.Errorf("key of %q is %s, want %s", id, got, want)
		}
	}
	text := code(t, "gobreaker", "evil\"\n}\nfunc init() { panic(1) }\n//", policies()["default"])
	if _, err := format.Source([]byte(text)); err != nil || strings.Contains(text, "\nfunc init") {
		t.Errorf("%v\n%s", err, text)
	}
}
