// Package http holds sensors that are endpoints elsewhere, each read by one HTTP
// request: its settings, how a value is taken out of the answer, and the few stable
// words that a failed read says. It knows no policy; how often an endpoint is read is
// for others to say.
//
// The package is named as its folder is, and as the others are to be (tcp, tls,
// dns). In its own files http is net/http, since no package's own name is in scope
// there; a file elsewhere that needs both calls net/http nethttp.
package http
