// Package dial is what the kinds of sensors have in common that connect to an endpoint:
// how TLS is set up, and the words for what goes wrong on the way.
//
// It is no kind and reads no endpoint: what goes over a connection, and what of it is a
// success, is each kind's own. Words are out of a closed list, so that the same cause has
// the same text whatever numbers, times and addresses the system puts into it.
package dial
