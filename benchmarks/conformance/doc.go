// Package conformance runs known bugs of resilience libraries as scenarios
// against resiltui's policies, sony/gobreaker and failsafe-go, each behind a
// small adapter, in the fake time of testing/synctest.
//
// All of it is tests. A scenario that a library is known to fail must fail, in
// the words of the table, with the version that go.mod names; so neither a bug
// that was mended nor one that is new goes unnoticed. The table is printed as
// docs/conformance.md from the run itself:
//
//	go test ./conformance -update
package conformance
