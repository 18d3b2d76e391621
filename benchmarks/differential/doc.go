// Package differential runs the same random sequence of calls, outcomes, waits and reads on
// resiltui's breaker and on another library with equal settings, in fake time. It expects
// the same admissions and the same states after every step.
//
// Failure rates over a window are compared with failsafe-go, whose windows by time wait for
// a minimum volume as ours do. Its ratio over a number of calls does not, and gobreaker has
// no rates of its own. So our windows by number, and the calls that leave a window of
// either kind, are compared with a plain list of calls in the breaker's own tests.
//
// Where the other library is known to be wrong the sequence avoids the case, and the code
// names the row of docs/conformance.md. Every other difference is an error in one of the
// two. It has only tests.
//
// An ordinary run makes 20,000 steps with each library; more with
//
//	go test ./differential -steps=1000000
package differential
