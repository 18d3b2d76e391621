// Package eventlist is the state of the list of events while a user moves through it: a
// cursor, a search, a filter for one sensor, and the lines around the cursor, which are
// loaded from the history when they are needed.
//
// It draws nothing and knows no keys: it is given what is on the screen ([View]) and
// returns the lines to show. A look into the history may take long, so it is a function
// that the model runs as a Cmd.
package eventlist
