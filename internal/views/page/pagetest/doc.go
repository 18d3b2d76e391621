// Package pagetest makes frames for the tests of pages: the data of viewstest on any page,
// at any size, and a screen of it as text.
//
// It names no page, so that the tests of each page can use it. Only tests import it.
package pagetest
