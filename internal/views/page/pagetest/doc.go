// Package pagetest makes frames for the tests of pages: the moment of viewstest on
// any page, at any size, and what a screen of it looks like as text.
//
// It names no page, so that each page's own tests can use it. Nothing but tests
// imports it.
package pagetest
