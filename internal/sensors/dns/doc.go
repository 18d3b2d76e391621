// Package dns is the kind of sensor that is a question to a name server: each read asks it
// once, and judges the answer.
//
// It asks the one server that its address names, and follows no referrals: that is what
// resolvers are for. Messages are written and read by golang.org/x/net/dns/dnsmessage. It
// has no retry and no schedule of its own, so a datagram that is lost is an attempt that
// fails at its time limit.
package dns
