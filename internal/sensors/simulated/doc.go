// Package simulated is the kind of sensor that exists only as a pure function of the
// seed, the sensor, the call, the attempt and the time: its values, how long a read takes
// and when it fails are known before it is read.
//
// It injects no faults: package fault wraps these sensors as it wraps any other. It reads
// no clock either; the time is part of the request.
package simulated
