// Package http is the kind of sensor that is an HTTP endpoint: each read is one request.
// Here are its settings, how a value is taken from the response, and the short error
// texts of a failed read, which are the same for equal failures.
//
// It has no retry and no schedule of its own: policies are around it, and how often an
// endpoint is read is decided by the engine.
//
// The package is named after its folder, as future kinds will be (tcp, tls, dns). In its
// own files http means net/http, since a package's own name is not in scope there; a
// file elsewhere that needs both calls net/http nethttp.
package http
