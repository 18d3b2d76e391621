// Package fallback supplies a substitute value for a sensor that could not be read.
//
// A [Strategy] sees every live [Reading] and, when a read has failed, gives a
// substitute or says that there is none. [Do] joins a read and a strategy. A
// substitute always says what it is: its quality is stale or interpolated,
// never live, and its age is that of its source, so that an old value is never
// shown as current. [Options].MaxAge turns a substitute that is too
// old into a missing value.
//
// Which strategy fits which use:
//
//   - [Drop] where stale data is worse than missing data: alarms, interlocks,
//     trades, anything that acts on a single value. The consumer must handle a
//     gap; in return every value it sees is a live one.
//   - [LastKnownGood] for physical values that change slowly compared to the time
//     between two reads: a tank's level, a room's temperature. The last value
//     is then close to the true one for as long as an outage is short, and it
//     is a value that was really measured. Set a maximum age at which it
//     no longer is close.
//   - [InterpolatedMean] for signals that vary smoothly around a level and are read
//     with noise: the mean of three readings has less noise than any one of
//     them. It lags behind a trend by more than the last value does, and it was
//     never measured, so it is wrong for states and counters.
//
// The last two deliver the same number of readings, the first fewer; the price of
// the additional readings is the error of the substituted values. Where the signal is
// known, measure that error for both and take the smaller.
//
// The package knows nothing of retries, breakers or time limits; it is the
// outermost policy, around all of them. It reads no clock but
// Options.Now. All times are since the start of the run.
package fallback
