// Package differential runs random sequences of calls, outcomes, waits and
// reads against resiltui's breaker and a peer on equal settings, in fake time,
// and wants the same admissions and the same states after every step.
//
// Where the peer is known to be wrong the sequence is steered around it, and the
// code names the row of docs/conformance.md. Every other difference is an error
// of one of the two.
//
// An ordinary run makes 20,000 steps against each peer; more with
//
//	go test ./differential -steps=1000000
package differential
