// Package viewstest is one moment of a run as data, for the tests of screens: five
// sensors, drawn as their tracks look, and random figures, absurd ones too.
//
// It knows nothing of screens, so that the tests of views can use it as well.
// Frames made of it are in page/pagetest. Nothing but tests imports it.
package viewstest
