// Package house is the architecture tests: each package imports only what it may, the
// golden files are the ones that somebody has reviewed (their hashes match), the links
// of the documentation resolve, and the logs of the built-in scenarios are
// byte-identical to those of earlier versions.
//
// It has nothing but tests; no package imports it. What the program does is tested in
// the packages themselves. The lists that the tests compare with are in testdata. The
// import rules are patterns over paths, so a package can be split without a change here.
package house
