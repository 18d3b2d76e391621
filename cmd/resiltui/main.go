// Command resiltui is a live dashboard for retries, circuit breakers and
// fallbacks.
//
// It parses flags and the configuration file, wires the packages together, and
// turns errors into exit statuses. It has no logic of its own: how a run goes is
// decided in internal/engine, what is on the screen in internal/model, and how the
// terminal is treated in internal/terminal.
package main

import "os"

// version is set by the linker (make build).
var version = "dev"

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
