// Package engine runs the resilience policies against sensors and publishes what
// happens as events.
//
// A [Client] is one sensor behind the whole stack, fallback(breaker(retry(
// timeout(read)))). It publishes one event for each call, with its attempts inside.
// A [Session] runs clients: simulated sensors in batches on a virtual clock, real
// endpoints each at its own interval on the wall clock. Commands come in through
// [Session.Do], events go out through an event.Hub; neither ever blocks on a reader.
//
// A run can be replayed: the files replay_*.go keep the newest batches and simulate
// them again, with the same settings or with others ([Session.Rehearse]).
//
// The package draws nothing and counts nothing: counting is for package stats. What
// a policy does is in the packages below this one (timeout, retry, breaker,
// fallback), each of which can be used without it.
package engine
