// Command resiltui is a live dashboard for retries, circuit breakers and
// fallbacks.
//
// It parses flags and the configuration file, wires the packages together, and
// turns errors into exit statuses. It has no logic of its own: how a run goes is
// decided in internal/engine, what is on the screen in internal/model, and how the
// terminal is treated in internal/terminal.
package main

import (
	"os"

	"resiltui/internal/apart"
	"resiltui/internal/sensors/kinds"
)

// version is set by the linker (make build).
var version = "dev"

func main() {
	if apart.Asked() {
		os.Exit(work())
	}
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// work is the program as a worker process: it does jobs for a kind of sensor, and
// may be killed.
func work() int {
	err := apart.Serve(os.Stdin, os.Stdout, func(name string, job []byte) []byte {
		for _, kind := range kinds.All() {
			if kind.Name == name && kind.Worker != nil {
				return kind.Worker(job)
			}
		}
		return nil
	})
	if err != nil {
		return exitFailed
	}
	return exitOK
}
