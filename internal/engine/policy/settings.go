package policy

import (
	"errors"
	"slices"
	"strconv"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/retry"
)

// Settings are all that can be changed of a policy, in the order to list them.
func Settings() []Setting {
	return slices.Concat(
		[]Setting{span(Setting{Name: "timeout", Label: "timeout", Help: "limit of one attempt; 0 is no limit"}, 0,
			func(p *Policy) *time.Duration { return &p.Timeout })},
		retrySettings(), tripSettings(), windowSettings(), openSettings(), fallbackSettings(),
	)
}

func retrySettings() []Setting {
	return []Setting{
		count(Setting{Name: "retry.attempts", Label: "attempts", Unit: "a call", Help: "attempts of a call at most"}, 100,
			func(p *Policy) *int { return &p.Retry.MaxAttempts }),
		baseDelay(),
		span(Setting{Name: "retry.maxDelay", Label: "longest wait", Help: "longest wait, what a Retry-After asks for included; 0 is no limit"}, 0,
			func(p *Policy) *time.Duration { return &p.Retry.MaxDelay }),
		names(Setting{Name: "retry.backoff", Label: "backoff", Help: "exponential, linear or constant"},
			[]string{retry.Exponential.String(), retry.Linear.String(), retry.Constant.String()},
			func(p Policy) string { return p.Retry.Backoff.String() },
			func(p *Policy, v string) error { return p.Retry.Backoff.UnmarshalText([]byte(v)) }),
		names(Setting{Name: "retry.jitter", Label: "jitter", Help: "none, full, equal or decorrelated"},
			[]string{retry.NoJitter.String(), retry.Full.String(), retry.Equal.String(), retry.Decorrelated.String()},
			func(p Policy) string { return p.Retry.Jitter.String() },
			func(p *Policy, v string) error { return p.Retry.Jitter.UnmarshalText([]byte(v)) }),
		budgetTokens(), budgetRatio(),
	}
}

func baseDelay() Setting {
	return numeric(Setting{Name: "retry.baseDelay", Label: "first wait", Help: "wait before the first retry; off is none"}, number{
		kind: times(), least: 1, most: float64(MaxTime), optional: true, rungs: timeRungs(0),
		get: func(p Policy) float64 {
			if p.Retry.BaseDelay == retry.NoDelay {
				return off
			}
			return float64(p.Retry.BaseDelay)
		},
		put: func(p *Policy, x float64) {
			if p.Retry.BaseDelay = time.Duration(x); x == off {
				p.Retry.BaseDelay = retry.NoDelay
			}
		},
	})
}

func budgetTokens() Setting {
	return numeric(Setting{
		Name: "retry.budgetTokens", Label: "retry budget", Unit: "tokens", one: "token",
		Help: "each failed attempt takes one; retries need more than half of them; 0 is no budget",
	}, number{
		kind: wholes(), least: 1, most: 1000, optional: true, zeroOff: true, rungs: decades(1, 1000),
		get: func(p Policy) float64 { return orOff(p.BudgetTokens) },
		put: func(p *Policy, x float64) {
			if p.BudgetTokens = max(x, 0); x == off {
				p.BudgetRatio = 0
			}
		},
	})
}

func budgetRatio() Setting {
	return numeric(Setting{
		Name: "retry.budgetRatio", Label: "a success gives back", Unit: "tokens", one: "token",
		Help: "tokens that a success gives back to the retry budget; 0 is no budget",
	}, number{
		kind: numbers(), least: 0.001, most: 1000, optional: true, zeroOff: true, rungs: decades(0.001, 1000),
		get: func(p Policy) float64 { return orOff(p.BudgetRatio) },
		put: func(p *Policy, x float64) {
			if p.BudgetRatio = max(x, 0); x == off {
				p.BudgetTokens = 0
			}
		},
	})
}

// tripSettings are the rules that open a closed circuit.
func tripSettings() []Setting {
	return []Setting{
		numeric(Setting{
			Name: "breaker.threshold", Label: "trip after", Unit: "failures in a row", one: "failure",
			Help: "failures in a row that trip it; off: rates only",
		}, number{
			kind: wholes(), least: 1, most: 1_000_000, optional: true, rungs: ones(1_000),
			get: func(p Policy) float64 {
				if p.Breaker.FailureThreshold == breaker.NoThreshold {
					return off
				}
				return float64(p.Breaker.FailureThreshold)
			},
			put: func(p *Policy, x float64) {
				if p.Breaker.FailureThreshold = int(x); x == off {
					p.Breaker.FailureThreshold = breaker.NoThreshold
				}
			},
		}),
		share(Setting{Name: "breaker.failureRate", Label: "failure rate", Help: "share of failures in the window that trips it; 0 is none"},
			func(p *Policy) *float64 { return &p.Breaker.FailureRate }, func(*Policy) {}),
		numeric(Setting{Name: "breaker.slowCall", Label: "slow beyond", Help: "time beyond which a call is slow; 0 is none"}, number{
			kind: times(), least: 1, most: float64(MaxTime), optional: true, zeroOff: true, rungs: timeRungs(0),
			get: func(p Policy) float64 { return orOff(float64(p.Breaker.SlowCall)) },
			put: func(p *Policy, x float64) {
				if p.Breaker.SlowCall = time.Duration(max(x, 0)); x == off {
					p.Breaker.SlowRate = 0
					unjudged(p)
				}
			},
		}),
		share(Setting{Name: "breaker.slowRate", Label: "slow-call rate", Help: "share of slow calls in the window that trips it; 0 is none"},
			func(p *Policy) *float64 { return &p.Breaker.SlowRate }, func(p *Policy) { p.Breaker.SlowCall = 0 }),
	}
}

// windowSettings are of which calls the rates are taken.
func windowSettings() []Setting {
	return []Setting{
		numeric(Setting{
			Name: "breaker.windowCalls", Label: "window", Unit: "calls", one: "call", Help: "rates are of so many calls; 0 is no window by count",
		}, number{
			kind: wholes(), least: 1, most: 100_000, optional: true, zeroOff: true, rungs: decades(1, 100_000),
			get: func(p Policy) float64 { return orOff(float64(p.Breaker.Window.Calls)) },
			put: func(p *Policy, x float64) {
				if x == off && p.Breaker.Window.Span == 0 {
					noRates(p)
				} else if p.Breaker.Window.Calls = int(max(x, 0)); x != off {
					p.Breaker.Window.Span, p.Breaker.Window.Buckets = 0, 0
				}
			},
		}),
		numeric(Setting{
			Name: "breaker.windowSpan", Label: "window of", Help: "rates are of the calls of so much time; 0 is no window by time",
		}, number{
			kind: times(), least: 1, most: float64(MaxTime), optional: true, zeroOff: true, rungs: timeRungs(0),
			get: func(p Policy) float64 { return orOff(float64(p.Breaker.Window.Span)) },
			put: func(p *Policy, x float64) {
				w := &p.Breaker.Window
				switch {
				case x != off:
					w.Span, w.Calls = time.Duration(x), 0
				case w.Calls == 0:
					noRates(p)
				default:
					w.Span, w.Buckets = 0, 0
				}
			},
		}),
		numeric(Setting{
			Name: "breaker.windowBuckets", Label: "window in", Unit: "steps",
			Help: "steps in which the calls of a window by time leave it; 0 is 10",
		}, number{
			kind: wholes(), least: 2, most: 1_000, optional: true, zeroOff: true, rungs: ones(1_000)[1:],
			get: func(p Policy) float64 { return orOff(float64(p.Breaker.Window.Buckets)) },
			put: func(p *Policy, x float64) {
				if p.Breaker.Window.Buckets = int(max(x, 0)); x != off {
					p.Breaker.Window.Calls = 0
				}
			},
		}),
		numeric(Setting{
			Name: "breaker.minVolume", Label: "judge from", Unit: "calls on", one: "call on",
			Help: "calls that the window must hold before a rate is judged; 0 is all of them, or 10 by time",
		}, number{
			kind: wholes(), least: 1, most: 1_000_000, optional: true, zeroOff: true, rungs: ones(1_000),
			get: func(p Policy) float64 { return orOff(float64(p.Breaker.MinVolume)) },
			put: func(p *Policy, x float64) { p.Breaker.MinVolume = int(max(x, 0)) },
		}),
	}
}

// unjudged takes the window away where no rate is judged any more; failures in a
// row are then judged again, if they were not, so that something is.
func unjudged(p *Policy) {
	b := &p.Breaker
	if judged(b) || b.SlowCall > 0 {
		return
	}
	b.Window, b.MinVolume = breaker.Window{}, 0
	if b.FailureThreshold == breaker.NoThreshold {
		b.FailureThreshold = 0
	}
}

func noRates(p *Policy) {
	b := &p.Breaker
	b.FailureRate, b.SlowRate, b.SlowCall = 0, 0, 0
	unjudged(p)
}

// openSettings are how an open circuit finds its way back.
func openSettings() []Setting {
	return []Setting{
		numeric(Setting{Name: "breaker.openFor", Label: "open for", Help: "time until a probe is due"}, number{
			kind: times(), least: 1, most: float64(MaxTime), rungs: timeRungs(0),
			get: func(p Policy) float64 { return float64(p.Breaker.OpenFor) },
			put: func(p *Policy, x float64) { p.Breaker.OpenFor = time.Duration(x) },
		}),
		numeric(Setting{Name: "breaker.openGrowth", Label: "open growth", Unit: "times", Help: "factor after each failed probe; 1 is none"}, number{
			kind: numbers(), least: 1, most: 1000, rungs: []float64{1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 8, 10, 20, 50, 100, 200, 500, 1000},
			get: func(p Policy) float64 { return p.Breaker.OpenGrowth },
			put: func(p *Policy, x float64) { p.Breaker.OpenGrowth = x },
		}),
		span(Setting{Name: "breaker.openMax", Label: "open at most", Help: "longest open time; 0 is no limit"}, 0,
			func(p *Policy) *time.Duration { return &p.Breaker.OpenMax }),
		share(Setting{Name: "breaker.openJitter", Label: "open jitter", Help: "random share on top of the open time"},
			func(p *Policy) *float64 { return &p.Breaker.OpenJitter }, nil),
		count(Setting{Name: "breaker.closeAfter", Label: "close after", Unit: "good probes", one: "good probe", Help: "good probes in a row that close it"},
			1_000_000, func(p *Policy) *int { return &p.Breaker.SuccessesToClose }),
		count(Setting{Name: "breaker.probes", Label: "probes", Unit: "at a time", Help: "probes at a time"}, 1_000,
			func(p *Policy) *int { return &p.Breaker.MaxProbes }),
		span(Setting{Name: "breaker.probeTimeout", Label: "probe timeout", Help: "age at which a probe has failed; 0 is none"}, 0,
			func(p *Policy) *time.Duration { return &p.Breaker.ProbeTimeout }),
		names(Setting{Name: "breaker.off", Label: "breaker disabled", Help: "true lets every call pass uncounted"}, []string{"false", "true"},
			func(p Policy) string { return strconv.FormatBool(p.BreakerOff) },
			func(p *Policy, v string) error {
				b, err := strconv.ParseBool(v)
				if err != nil {
					return errors.New("must be true or false")
				}
				p.BreakerOff = b
				return nil
			}),
	}
}

func fallbackSettings() []Setting {
	return []Setting{
		names(Setting{Name: "fallback.strategy", Label: "fallback", Help: "what is served where no reading came"}, fallback.Names(),
			func(p Policy) string { return p.Strategy },
			func(p *Policy, v string) error {
				if _, err := fallback.Parse(v, fallback.Options{}); err != nil {
					return err
				}
				p.Strategy = v
				return nil
			}),
		span(Setting{Name: "fallback.maxAge", Label: "oldest substitute", Help: "age at which a substitute is no longer served; 0 is none"}, time.Second/10,
			func(p *Policy) *time.Duration { return &p.MaxAge }),
	}
}

// span makes the setting of a time that may be off. Steps start at first.
func span(s Setting, first time.Duration, field func(*Policy) *time.Duration) Setting {
	return numeric(s, number{
		kind: times(), least: 1, most: float64(MaxTime), optional: true, zeroOff: true, rungs: timeRungs(first),
		get: func(p Policy) float64 { return orOff(float64(*field(&p))) },
		put: func(p *Policy, x float64) { *field(p) = time.Duration(max(x, 0)) },
	})
}

// count makes the setting of a number from 1 to most.
func count(s Setting, most int, field func(*Policy) *int) Setting {
	return numeric(s, number{
		kind: wholes(), least: 1, most: float64(most), rungs: ones(min(most, 1_000)),
		get: func(p Policy) float64 { return float64(*field(&p)) },
		put: func(p *Policy, x float64) { *field(p) = int(x) },
	})
}

// share makes the setting of a share that may be off. without, if it is not nil,
// says that the share is a rate of the window, and takes away what goes with it.
func share(s Setting, field func(*Policy) *float64, without func(*Policy)) Setting {
	least := 0.
	if without != nil {
		least = 1e-6 // of what the breaker takes rates in
	}
	return numeric(s, number{
		kind: numbers(), least: least, most: 1, optional: true, zeroOff: true, rungs: shares(),
		get: func(p Policy) float64 { return orOff(*field(&p)) },
		put: func(p *Policy, x float64) {
			if *field(p) = max(x, 0); x == off && without != nil {
				without(p)
				unjudged(p)
			}
		},
	})
}

// orOff is what a number says where 0 does nothing.
func orOff(x float64) float64 {
	if x == 0 {
		return off
	}
	return x
}

// ones are the whole numbers from 1 to n.
func ones(n int) []float64 {
	rungs := make([]float64, n)
	for i := range rungs {
		rungs[i] = float64(i + 1)
	}
	return rungs
}
