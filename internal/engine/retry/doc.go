// Package retry repeats a function that failed, and counts what the retries cost
// and how many calls they saved.
//
// [Do] makes up to [Policy].MaxAttempts attempts with a wait between them.
// The error alone decides what is repeated: errors that a retry cannot repair (see
// [Permanent], [Lasting], [Policy].Never and [Policy].RetryOn), and everything after the
// caller's context has ended, are returned at once. [Stats] counts the calls of one
// name, a [Registry] holds the statistics of many, and [Wrap] joins the three.
//
// Every call ends in exactly one of three ways, so that
// calls = successes + permanentFailures + propagated.
//
//   - success: an attempt returned no error.
//   - permanent failure: there was no attempt left, a [Budget] refused the next
//     one, or the error asked for too long a wait. The error is an [ExhaustedError], a
//     [BudgetError] or a [HintError]. They are counted as the same, because in each
//     case the call failed with an error that would have been retried; the Budget
//     counts its refusals itself.
//   - propagated: an error that is not retried. It is returned unchanged.
//
// The package is not a circuit breaker and sets no time limit on an attempt. The caller
// combines it with such policies: a time limit goes inside fn, a breaker goes around
// Do. Where a breaker is inside fn, its refusal belongs in Policy.Never, because an
// open circuit does not close within a few retries. The package imports only the
// standard library, and it waits and reads the time only through the functions in
// Policy.
package retry
