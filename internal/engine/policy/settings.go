package policy

import (
	"errors"
	"slices"
	"strconv"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/retry"
	"resiltui/internal/setting"
)

// Settings returns all settings of a policy, in the order in which to list them.
// The default of each is its value in the zero policy.
func Settings() []Setting {
	all := slices.Concat(
		[]Setting{span(setting.Row{Name: "timeout", Label: "timeout", Example: "500ms", Help: "limit of one attempt; 0 is no limit"}, 0,
			func(p *Policy) *time.Duration { return &p.Timeout })},
		retrySettings(), tripSettings(), windowSettings(), openSettings(), fallbackSettings(),
	)
	for i := range all {
		all[i].Default = all[i].Get(Policy{})
	}
	return all
}

func retrySettings() []Setting {
	return []Setting{
		count(setting.Row{Name: "retry.attempts", Label: "attempts", Unit: "a call", Example: "5", Help: "attempts of a call at most"}, 100,
			func(p *Policy) *int { return &p.Retry.MaxAttempts }),
		baseDelay(),
		span(setting.Row{Name: "retry.maxDelay", Label: "longest wait", Example: "2s", Help: "longest wait; a Retry-After beyond it ends the call; 0 is no limit"}, 0,
			func(p *Policy) *time.Duration { return &p.Retry.MaxDelay }),
		names(setting.Row{Name: "retry.backoff", Label: "backoff", Example: "linear", Help: "exponential, linear or constant"},
			[]string{retry.Exponential.String(), retry.Linear.String(), retry.Constant.String()},
			func(p Policy) string { return p.Retry.Backoff.String() },
			func(p *Policy, v string) error { return p.Retry.Backoff.UnmarshalText([]byte(v)) }),
		names(setting.Row{Name: "retry.jitter", Label: "jitter", Example: "full", Help: "none, full, equal or decorrelated"},
			[]string{retry.NoJitter.String(), retry.Full.String(), retry.Equal.String(), retry.Decorrelated.String()},
			func(p Policy) string { return p.Retry.Jitter.String() },
			func(p *Policy, v string) error { return p.Retry.Jitter.UnmarshalText([]byte(v)) }),
		budgetTokens(), budgetRatio(),
	}
}

func baseDelay() Setting {
	return numeric(setting.Row{Name: "retry.baseDelay", Label: "first wait", Example: "100ms", Help: "wait before the first retry; off is none"}, number{
		Number: setting.Times(1, MaxTime).OrOff(), rungs: timeRungs(0),
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
	return numeric(setting.Row{
		Name: "retry.budgetTokens", Label: "retry budget", Unit: "tokens", One: "token",
		Example: "20", Help: "each failed attempt takes one; retries need more than half of them; 0 is no budget",
	}, number{
		Number: setting.Wholes(1, retry.LimitTokens).OrZero(), rungs: decades(1, retry.LimitTokens),
		get: func(p Policy) float64 { return orOff(p.BudgetTokens) },
		put: func(p *Policy, x float64) {
			if p.BudgetTokens = max(x, 0); x == off {
				p.BudgetRatio = 0
			}
		},
	})
}

func budgetRatio() Setting {
	return numeric(setting.Row{
		Name: "retry.budgetRatio", Label: "a success gives back", Unit: "tokens", One: "token",
		Example: "0.5", Help: "tokens that a success gives back to the retry budget; 0 is no budget",
	}, number{
		Number: setting.Reals(retry.LeastRatio, retry.LimitRatio).OrZero(), rungs: decades(retry.LeastRatio, retry.LimitRatio),
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
		numeric(setting.Row{
			Name: "breaker.threshold", Label: "trip after", Unit: "failures in a row", One: "failure",
			Example: "4", Help: "failures in a row that trip it; off: rates only",
		}, number{
			Number: setting.Wholes(1, breaker.LimitCount).OrOff(), rungs: wholes(1, 1_000),
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
		share(setting.Row{Name: "breaker.failureRate", Label: "failure rate", Example: "0.5", Help: "share of failures in the window that trips it; 0 is none"},
			func(p *Policy) *float64 { return &p.Breaker.FailureRate }, func(*Policy) {}),
		numeric(setting.Row{Name: "breaker.slowCall", Label: "slow beyond", Example: "250ms", Help: "time beyond which a call is slow; 0 is none"}, number{
			Number: setting.Times(1, MaxTime).OrZero(), rungs: timeRungs(0),
			get: func(p Policy) float64 { return orOff(float64(p.Breaker.SlowCall)) },
			put: func(p *Policy, x float64) {
				if p.Breaker.SlowCall = time.Duration(max(x, 0)); x == off {
					p.Breaker.SlowRate = 0
					unjudged(p)
				}
			},
		}),
		share(setting.Row{Name: "breaker.slowRate", Label: "slow-call rate", Example: "0.5", Help: "share of slow calls in the window that trips it; 0 is none"},
			func(p *Policy) *float64 { return &p.Breaker.SlowRate }, func(p *Policy) { p.Breaker.SlowCall = 0 }),
	}
}

// windowSettings say which calls the rates are taken over.
func windowSettings() []Setting {
	return []Setting{
		numeric(setting.Row{
			Name: "breaker.windowCalls", Label: "window", Unit: "calls", One: "call", Example: "50", Help: "rates are of so many calls; 0 is no window by count",
		}, number{
			Number: setting.Wholes(1, breaker.LimitCalls).OrZero(), rungs: decades(1, breaker.LimitCalls),
			get: func(p Policy) float64 { return orOff(float64(p.Breaker.Window.Calls)) },
			put: func(p *Policy, x float64) {
				if x == off && p.Breaker.Window.Span == 0 {
					noRates(p)
				} else if p.Breaker.Window.Calls = int(max(x, 0)); x != off {
					p.Breaker.Window.Span, p.Breaker.Window.Buckets = 0, 0
				}
			},
		}),
		numeric(setting.Row{
			Name: "breaker.windowSpan", Label: "window of", Example: "30s", Help: "rates are of the calls of so much time; 0 is no window by time",
		}, number{
			Number: setting.Times(1, MaxTime).OrZero(), rungs: timeRungs(0),
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
		numeric(setting.Row{
			Name: "breaker.windowBuckets", Label: "window in", Unit: "steps",
			Example: "6", Help: "steps in which the calls of a window by time leave it; 0 is 10",
		}, number{
			Number: setting.Wholes(breaker.LeastBuckets, breaker.LimitBuckets).OrZero(), rungs: wholes(breaker.LeastBuckets, breaker.LimitBuckets),
			get: func(p Policy) float64 { return orOff(float64(p.Breaker.Window.Buckets)) },
			put: func(p *Policy, x float64) {
				if p.Breaker.Window.Buckets = int(max(x, 0)); x != off {
					p.Breaker.Window.Calls = 0
				}
			},
		}),
		numeric(setting.Row{
			Name: "breaker.minVolume", Label: "judge from", Unit: "calls on", One: "call on",
			Example: "10", Help: "calls that the window must hold before a rate is judged; 0 is all of them, or 10 by time",
		}, number{
			Number: setting.Wholes(1, breaker.LimitCount).OrZero(), rungs: wholes(1, 1_000),
			get: func(p Policy) float64 { return orOff(float64(p.Breaker.MinVolume)) },
			put: func(p *Policy, x float64) { p.Breaker.MinVolume = int(max(x, 0)) },
		}),
	}
}

// unjudged removes the window where no rate is judged any more. If failures in a
// row were not judged either, they are from now on, so that the breaker can
// still trip.
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

// openSettings say how an open circuit recovers.
func openSettings() []Setting {
	return []Setting{
		numeric(setting.Row{Name: "breaker.openFor", Label: "open for", Example: "5s", Help: "time until a probe is due"}, number{
			Number: setting.Times(1, MaxTime), rungs: timeRungs(0),
			get: func(p Policy) float64 { return float64(p.Breaker.OpenFor) },
			put: func(p *Policy, x float64) { p.Breaker.OpenFor = time.Duration(x) },
		}),
		numeric(setting.Row{Name: "breaker.openGrowth", Label: "open growth", Unit: "times", Example: "2", Help: "factor after each failed probe; 1 is none"}, number{
			Number: setting.Reals(1, breaker.LimitGrowth), rungs: growths,
			get: func(p Policy) float64 { return p.Breaker.OpenGrowth },
			put: func(p *Policy, x float64) { p.Breaker.OpenGrowth = x },
		}),
		span(setting.Row{Name: "breaker.openMax", Label: "open at most", Example: "30s", Help: "longest open time; 0 is no limit"}, 0,
			func(p *Policy) *time.Duration { return &p.Breaker.OpenMax }),
		share(setting.Row{Name: "breaker.openJitter", Label: "open jitter", Example: "0.2", Help: "random share on top of the open time"},
			func(p *Policy) *float64 { return &p.Breaker.OpenJitter }, nil),
		count(setting.Row{Name: "breaker.closeAfter", Label: "close after", Unit: "good probes", One: "good probe", Example: "3", Help: "good probes in a row that close it"},
			breaker.LimitCount, func(p *Policy) *int { return &p.Breaker.SuccessesToClose }),
		count(setting.Row{Name: "breaker.probes", Label: "probes", Unit: "at a time", Example: "2", Help: "probes at a time"}, breaker.LimitProbes,
			func(p *Policy) *int { return &p.Breaker.MaxProbes }),
		span(setting.Row{Name: "breaker.probeTimeout", Label: "probe timeout", Example: "1s", Help: "age at which a probe has failed; 0 is none"}, 0,
			func(p *Policy) *time.Duration { return &p.Breaker.ProbeTimeout }),
		names(setting.Row{Name: "breaker.off", Label: "breaker disabled", Example: "true", Help: "true lets every call pass uncounted"}, []string{"false", "true"},
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
		names(setting.Row{Name: "fallback.strategy", Label: "fallback", Example: "interpolated", Help: "what is served where no reading came"}, fallback.Names(),
			func(p Policy) string { return p.Strategy },
			func(p *Policy, v string) error {
				if _, err := fallback.Parse(v, fallback.Options{}); err != nil {
					return err
				}
				p.Strategy = v
				return nil
			}),
		span(setting.Row{Name: "fallback.maxAge", Label: "oldest substitute", Example: "10s", Help: "age at which a substitute is no longer served; 0 is none"}, time.Second/10,
			func(p *Policy) *time.Duration { return &p.MaxAge }),
	}
}

// span makes the setting of a time that may be off. Steps start at first.
func span(r setting.Row, first time.Duration, field func(*Policy) *time.Duration) Setting {
	return numeric(r, number{
		Number: setting.Times(1, MaxTime).OrZero(), rungs: timeRungs(first),
		get: func(p Policy) float64 { return orOff(float64(*field(&p))) },
		put: func(p *Policy, x float64) { *field(p) = time.Duration(max(x, 0)) },
	})
}

// count makes the setting of a number from 1 to most.
func count(r setting.Row, most int, field func(*Policy) *int) Setting {
	return numeric(r, number{
		Number: setting.Wholes(1, most), rungs: wholes(1, min(most, 1_000)),
		get: func(p Policy) float64 { return float64(*field(&p)) },
		put: func(p *Policy, x float64) { *field(p) = int(x) },
	})
}

// share makes the setting of a share that may be off. without is not nil for a
// rate of the window: it clears what only this rate needs.
func share(r setting.Row, field func(*Policy) *float64, without func(*Policy)) Setting {
	least := 0.
	if without != nil {
		least = breaker.LeastRate
	}
	return numeric(r, number{
		Number: setting.Shares(least).OrZero(), rungs: shares,
		get: func(p Policy) float64 { return orOff(*field(&p)) },
		put: func(p *Policy, x float64) {
			if *field(p) = max(x, 0); x == off && without != nil {
				without(p)
				unjudged(p)
			}
		},
	})
}

// orOff is x, or off for 0, for numbers where 0 means off.
func orOff(x float64) float64 {
	if x == 0 {
		return off
	}
	return x
}
