// Package events is the page of the event list: a cursor, a search, and the newest event
// in view until the user scrolls.
//
// It only draws the list. Cursor and search are kept in internal/model/eventlist; the
// sentences are from package sentence.
package events
