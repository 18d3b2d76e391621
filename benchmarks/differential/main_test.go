package differential

import (
	"flag"
	"testing"

	"go.uber.org/goleak"
)

var wantSteps = flag.Int("steps", 20_000, "how many steps to make against each peer")

func TestMain(m *testing.M) {
	// Long enough for some rounds of the circuit; the command line has the last
	// word.
	for name, value := range map[string]string{"rapid.steps": "100", "rapid.checks": "50"} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	goleak.VerifyTestMain(m)
}
