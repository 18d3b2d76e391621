// Package guard cleans up after the program where the program itself cannot: it was
// killed (SIGKILL, no memory left), or the Go runtime ended it.
//
// A [Guard] is a small shell beside the program. It reads a pipe that only the program
// holds, so the end of its input is the end of the program. It is for what would
// otherwise stay behind: processes of a command, and a terminal in raw mode. What ends
// in an orderly way cleans up by itself and needs none. A [Group] is a command that has one,
// and [Head] is what is kept of its output. There are no guards on Windows.
package guard
