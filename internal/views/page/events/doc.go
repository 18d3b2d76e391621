// Package events is the page of the event list: a cursor, a search, and the newest
// event in view as long as nobody went back.
package events
