// Package conformance runs known bugs of resilience libraries as scenarios with
// resiltui's policies, sony/gobreaker and failsafe-go, each behind a small adapter, in the
// fake time of testing/synctest.
//
// It has only tests. A scenario that a library is known to fail must fail, with the text
// in the table and the library's version in go.mod; so a test notices both a fixed bug and
// a new one. The table is written to docs/conformance.md from the run itself:
//
//	go test ./conformance -update
//
// It says nothing about speed, and it does not search for unknown bugs: package
// differential does.
package conformance
