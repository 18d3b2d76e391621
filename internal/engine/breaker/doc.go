// Package breaker is a circuit breaker. It counts the failures of a service and
// stops calling the service when too many calls in a row failed, or when too large
// a share of the latest calls failed or was slow. After a while it lets single
// calls through, the probes, to find out whether the service has recovered.
//
// It is one policy of several and can be used alone. It starts no goroutine, sets
// no timer, writes no log and knows nothing of sensors, retries or screens. It
// reports each transition to one listener, [Settings].OnTransition. Zero fields
// of [Settings] stand for the constants Default* in settings.go.
//
// A caller either wraps a function with [Do], or takes a [Permit] with
// [Breaker.Acquire] and gives it back with [Permit.Release]. One Breaker guards
// one service. Two services must not share one, or the failures of the first would
// stop the calls to the second.
//
// # States
//
// A Breaker is in one [State]. This table is the whole state machine; whatever
// it does not list does not happen. The first row whose guard holds counts, and
// one input makes one transition at most.
//
//	| from        | input         | guard                                         | to          | reason                |
//	| ----------- | ------------- | --------------------------------------------- | ----------- | --------------------- |
//	| CLOSED      | failure       | failures in a row = FailureThreshold          | OPEN        | too many failures     |
//	| CLOSED      | result        | failures / calls in the window >= FailureRate | OPEN        | failure rate too high |
//	| CLOSED      | result        | slow calls / calls in the window >= SlowRate  | OPEN        | too many slow calls   |
//	| OPEN        | call          | time since opening >= the delay               | HALF_OPEN   | probe due             |
//	| HALF_OPEN   | call          | a probe is older than ProbeTimeout            | OPEN        | probe timed out       |
//	| HALF_OPEN   | result        | a probe is older than ProbeTimeout            | OPEN        | probe timed out       |
//	| HALF_OPEN   | failure       | -                                             | OPEN        | probe failed          |
//	| HALF_OPEN   | success       | the call took longer than SlowCall            | OPEN        | probe failed          |
//	| HALF_OPEN   | success       | good probes in a row = SuccessesToClose       | CLOSED      | probes succeeded      |
//	| CLOSED      | ForceOpen     | -                                             | FORCED_OPEN | forced open           |
//	| OPEN        | ForceOpen     | -                                             | FORCED_OPEN | forced open           |
//	| HALF_OPEN   | ForceOpen     | -                                             | FORCED_OPEN | forced open           |
//	| DISABLED    | ForceOpen     | -                                             | FORCED_OPEN | forced open           |
//	| FORCED_OPEN | ReleaseForced | -                                             | OPEN        | force released        |
//	| CLOSED      | Disable       | -                                             | DISABLED    | disabled              |
//	| OPEN        | Disable       | -                                             | DISABLED    | disabled              |
//	| HALF_OPEN   | Disable       | -                                             | DISABLED    | disabled              |
//	| FORCED_OPEN | Disable       | -                                             | DISABLED    | disabled              |
//	| DISABLED    | Enable        | -                                             | CLOSED      | enabled               |
//	| CLOSED      | Reset         | -                                             | CLOSED      | reset                 |
//	| OPEN        | Reset         | -                                             | CLOSED      | reset                 |
//	| HALF_OPEN   | Reset         | -                                             | CLOSED      | reset                 |
//	| FORCED_OPEN | Reset         | -                                             | CLOSED      | reset                 |
//	| DISABLED    | Reset         | -                                             | CLOSED      | reset                 |
//
// A call is [Breaker.Acquire]. A result is a success, a failure or neither, of a
// call that began in the current generation; it is counted before the guard is
// checked, but the result of a probe that is itself older than ProbeTimeout does
// not count. The other inputs are the methods of that name. After ReleaseForced
// the delay is 0, so that probes can start at once.
//
// CLOSED and DISABLED let every call through. OPEN and FORCED_OPEN refuse it. In
// HALF_OPEN a call becomes a probe or is refused, also the call that caused the
// transition.
//
// OPEN turns into HALF_OPEN only when a call comes ([Breaker.Acquire]). Until
// then [Snapshot].ProbeDue says that the delay is over. Reading never changes
// anything.
//
// # Generations
//
// Each transition begins a new generation, and a Permit remembers the one it was
// made in. A result from an older generation never changes the state: a call
// that began while the circuit was closed does not decide the half-open phase,
// and a failure that comes late does not make an open circuit wait longer.
//
// The metrics are about calls, not about the state machine, so they count such a
// late result as what it was. At any moment
//
//	totalCalls = successCalls + failureCalls + fastFailCount + ignoredCalls + inFlight
//
// # Windows and rates
//
// Beside the failures in a row, CLOSED can judge two rates: the share of failures
// (FailureRate) and of calls that took longer than SlowCall (SlowRate), both of the
// calls in a [Window]: the last N calls, or the calls of the last T. The two rates,
// and failures in a row unless NoThreshold switches that rule off, work side by
// side, and whichever is reached first opens the circuit.
//
//   - A rate is judged after every outcome in the window, a success too, from
//     MinVolume calls on. It is reached when it equals the threshold, which is
//     compared in whole numbers and so exactly.
//   - A call is in the sample if it ended in CLOSED, in the generation that it began
//     in, as a success or a failure. Refused calls are not, or an open circuit would
//     feed itself. Neutral ones are not either: they say nothing about the service.
//     So a sample may be smaller than the number of calls, and where most calls are
//     neutral, MinVolume takes longer to reach.
//   - A call that is both failed and slow counts in both rates.
//   - Every transition empties the window, so a circuit that closes judges no old calls.
//   - Time alone takes calls out of a window by time, for [Snapshot] too, but opens
//     nothing: the rates are judged again when the next call ends.
//   - HALF_OPEN has no window and no minimum volume: each probe is judged alone. A
//     probe that took longer than SlowCall is a failed probe, though it counts as the
//     success that it was in the metrics; its cause is [ErrSlow].
//
// If several rules are reached by the same call, the reason is the first of: too
// many failures, failure rate too high, too many slow calls.
//
// # Probes
//
// In HALF_OPEN at most MaxProbes calls run at a time, and never more than can
// still be needed: good probes plus probes in flight stay within
// SuccessesToClose. A neutral outcome gives the slot back and decides nothing. A
// probe older than ProbeTimeout is a failed probe. That is noticed when the next
// call comes, or when the probe itself ends; from then on the call counts as a
// failure, is no longer in flight, and what it returns counts for nothing. A
// probe whose half-open phase ended for another reason is an ordinary late call.
//
// # Time
//
// Every time is a [time.Duration] on the clock of [Settings].Now, by default the
// monotonic time since New. Steps of the wall clock do not matter; if Now itself
// goes back, the breaker keeps to the latest time that it has seen. A refused call
// does not update that time.
//
// A call that an open circuit refuses takes no lock and reads the clock once; where
// the circuit is forced open, not at all.
//
// A successful call in CLOSED reads no clock, unless there is a window by time (one
// reading, when the call ends) or a SlowCall (two). It allocates nothing, with a
// window or without; neither does a refused call.
package breaker
