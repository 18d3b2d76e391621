// Command resiltui is a live dashboard for retries, circuit breakers and
// fallbacks.
package main

import "os"

// version is set by the linker (make build).
var version = "dev"

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
