// Package differential runs random sequences of calls, outcomes, waits and reads against
// resiltui's breaker and another library with equal settings, in fake time, and expects
// the same admissions and the same states after every step.
//
// Failure rates over a window are compared with failsafe-go, whose windows by time wait for
// a minimum volume as ours do. Its ratio of a number of calls does not, and gobreaker has no
// rates of its own; our windows by number, and what leaves a window of either kind, are
// compared with a plain list of calls in the breaker's own tests.
//
// Where the other library is known to be wrong the sequence avoids the case, and the code
// names the row of docs/conformance.md. Every other difference is an error in one of the
// two. It has only tests.
//
// An ordinary run makes 20,000 steps against each library; more with
//
//	go test ./differential -steps=1000000
package differential
