// Package tls is the kind of sensor that is the certificate of a server: each read is one
// connection, whose value is how many days the certificate is still good for.
//
// Nothing is sent over the connection once it is secured. It has no retry and no schedule
// of its own: policies are around it.
//
// In its own files tls means crypto/tls, as http does in package http.
package tls
