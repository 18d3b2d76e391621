// Package compare is the page that holds the pipeline with policies against the
// naive one, which faces the same draws without them.
package compare
