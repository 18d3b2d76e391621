// Package engine runs the resilience policies against sensors and tells of it
// in events.
//
// A [Client] is one sensor behind the whole stack, fallback(breaker(retry(
// timeout(read)))). A [Session] runs clients: simulated ones in batches on a
// virtual clock, real ones each on a schedule of its own on the wall clock.
// Commands come in through [Session.Do], everything that happens goes out
// through an event.Hub, and neither ever waits for a reader.
//
// The package draws nothing, and it counts nothing: that is the tally's.
package engine
