// Package simulated holds sensors that exist only as a pure function of the seed,
// the sensor, the call, the attempt and the time: what they answer, how long they
// take and when they fail is known before they are asked.
//
// Faults that are injected are none of its business; they wrap these sensors as
// they wrap any other.
package simulated
