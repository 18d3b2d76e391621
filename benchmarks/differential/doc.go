// Package differential runs random sequences of calls, outcomes, waits and
// reads against resiltui's breaker and a peer on equal settings, in fake time,
// and wants the same admissions and the same states after every step.
//
// Failure rates over a window are compared with failsafe-go, whose windows by time
// wait for a minimum volume as ours do. Its ratio of a number of calls does not, and
// gobreaker has no rates of its own; our windows by number, and what rolls out of
// either kind, are compared with a plain list of calls in the breaker's own tests.
//
// Where the peer is known to be wrong the sequence is steered around it, and the
// code names the row of docs/conformance.md. Every other difference is an error
// of one of the two.
//
// An ordinary run makes 20,000 steps against each peer; more with
//
//	go test ./differential -steps=1000000
package differential
