// Package eventlist is the list of events as somebody goes through it: a cursor, a
// search, the events of one sensor alone, and the lines around the cursor, which are
// looked up in the past as they are needed.
//
// It draws nothing and knows no keys: it is told what the screen knows ([View]) and
// says which lines to show. Looking up may take long, so it is a function that the
// model runs as a Cmd.
package eventlist
