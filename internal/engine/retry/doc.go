// Package retry repeats a function that failed, and counts what that bought.
//
// [Do] makes up to [Policy].MaxAttempts attempts with a wait between them.
// What it repeats is decided by the error alone: errors that cannot get better
// (see [Permanent], [Policy].Never and [Policy].RetryOn) and everything after
// the caller has gone are passed on at once. [Stats] counts the calls of one
// name, a [Registry] holds the statistics of many, and [Wrap] joins the three.
//
// Every call ends in exactly one of three ways, so that
// calls = successes + permanentFailures + propagated.
//
//   - success: an attempt returned no error.
//   - permanent failure: the attempts ran out, or a [Budget] refused the next one.
//     The error is an [ExhaustedError] or a [BudgetError]. Both are counted as the
//     same, because either way the call failed for good with an error that was
//     worth a retry; the Budget counts its refusals itself.
//   - propagated: an error that is not retried. It is returned unchanged.
//
// The package is not a circuit breaker and sets no time limit on an attempt.
// It composes with such policies from outside: a time limit goes inside fn, a
// breaker goes around Do; where a breaker stands inside, its refusal belongs
// in Policy.Never, because an open circuit does not close within a few
// retries. The package imports nothing but the standard library, and it waits
// and reads the time only through the functions in Policy.
package retry
