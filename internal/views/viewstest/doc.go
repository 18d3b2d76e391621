// Package viewstest has data for the tests of screens: one moment of a run with five
// sensors, written down as their tracks look, and random figures, extreme values too.
//
// It knows no screens, so that the tests of package views can use it as well; frames with
// this data are made in page/pagetest. Only tests import it.
package viewstest
