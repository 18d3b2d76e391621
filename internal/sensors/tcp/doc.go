// Package tcp is the kind of sensor that is a port of TCP: each read is one connection, on
// which something may be sent and what comes may be looked into.
//
// It speaks no protocol. It has no retry and no schedule of its own: policies are around
// it, and how often a port is read is decided by the engine.
package tcp
