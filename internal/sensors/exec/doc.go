// Package exec is the kind of sensor that is a command: each read runs it once, and the
// number that it prints is the value.
//
// No URL opens it: only a file that names the command does, so that no address that was
// copied from somewhere can run anything. The command is run as it is written, without a
// shell, with the environment of this program. It ends with the attempt, and with it
// all that it started.
//
// In its own files exec means os/exec, as http does in package http.
package exec
