// Package house holds tests of how the program is built rather than of what it
// does: which package may import which, that the golden files are the ones that
// were looked at, and that the runs of the built-in scenarios are the same to the
// byte.
//
// It is nothing but tests: no code of the program is here, and nothing imports it.
// The lists that the tests compare with are in testdata. What they say about a
// package is written by its place in the tree, so that a package may be split
// without a change here.
package house
