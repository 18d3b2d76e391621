// Package resilience is the default policy of the pipeline as it is exported for
// Go libraries. A test holds the files to what the export writes, so that what
// people copy compiles, and runs as the policy that it was copied from.
package resilience
