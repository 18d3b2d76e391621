package main

import (
	"os"
	"testing"

	"go.uber.org/goleak"
)

// asProgram is the environment variable that makes the test binary the program
// itself, so that a test can run it in a terminal of its own. Its value names
// what to be.
const asProgram = "RESILTUI_TEST_AS"

func TestMain(m *testing.M) {
	if what := os.Getenv(asProgram); what != "" {
		os.Exit(programs()[what]())
	}
	goleak.VerifyTestMain(m)
}

// programs are what the test binary can be.
func programs() map[string]func() int {
	return map[string]func() int{
		"resiltui":     func() int { return run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr) },
		"sensor-panic": func() int { return runBroken(sensorPanics) },
		"engine-panic": func() int { return runBroken(enginePanics) },
	}
}
