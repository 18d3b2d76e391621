package main

import (
	"maps"
	"os"
	"testing"

	"go.uber.org/goleak"

	"resiltui/internal/apart"
)

// asProgram is the environment variable that makes the test binary the program
// itself, so that a test can run it in a terminal of its own. Its value names
// what to be.
const asProgram = "RESILTUI_TEST_AS"

func TestMain(m *testing.M) {
	if apart.Asked() {
		os.Exit(work())
	}
	if what := os.Getenv(asProgram); what != "" {
		os.Exit(programs()[what]())
	}
	// No test reads the configuration of whoever runs it.
	home, err := os.MkdirTemp("", "resiltui-test-*")
	if err != nil {
		panic(err)
	}
	os.Setenv("XDG_CONFIG_HOME", home)
	os.Setenv("LC_ALL", "C.UTF-8") // nor the locale
	goleak.VerifyTestMain(m, goleak.Cleanup(func(status int) {
		_ = os.RemoveAll(home)
		os.Exit(status)
	}))
}

// programs are what the test binary can be.
func programs() map[string]func() int {
	programs := map[string]func() int{
		"resiltui":     func() int { return run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr) },
		"sensor-panic": func() int { return runBroken(sensorPanics) },
		"engine-panic": func() int { return runBroken(enginePanics) },
		"shell":        shell,
	}
	maps.Copy(programs, brokenParts())
	return programs
}
