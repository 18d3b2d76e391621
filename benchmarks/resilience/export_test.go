package resilience

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/export"
)

var update = flag.Bool("update", false, "write the exported files again")

// standard is the policy of the pipeline.
func standard() policy.Policy {
	return policy.Policy{
		Timeout:  250 * time.Millisecond,
		Retry:    retry.Policy{MaxAttempts: 3, BaseDelay: 50 * time.Millisecond, Backoff: retry.Exponential},
		Breaker:  breaker.Settings{FailureThreshold: 5, OpenFor: 3 * time.Second, SuccessesToClose: 2, MaxProbes: 1},
		Strategy: "last-known-good",
	}
}

// linear is a policy whose waits failsafe-go has to be told one by one.
func linear() policy.Policy {
	return policy.Policy{
		Retry:   retry.Policy{MaxAttempts: 5, BaseDelay: 20 * time.Millisecond, MaxDelay: 70 * time.Millisecond, Backoff: retry.Linear},
		Breaker: breaker.Settings{FailureThreshold: 3, OpenFor: 900 * time.Millisecond, SuccessesToClose: 1},
	}
}

func TestTheFilesAreWhatTheExportWrites(t *testing.T) {
	for _, f := range []struct {
		file, format, id string
		policy           policy.Policy
	}{
		{"gobreaker.go", "gobreaker", "S3", standard()},
		{"failsafe.go", "failsafe-go", "S3", standard()},
		{"failsafe_linear.go", "failsafe-go", "S1", linear()},
	} {
		file := f.file
		want, err := export.Code(f.format, f.id, f.policy)
		if err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != want {
			t.Errorf("%s differs from the export: %v; run the test with -update", file, err)
		}
	}
}

// wander changes a policy a step at a time, as keys do, so that every setting
// is on in some of them.
func wander(n int) []policy.Policy {
	rng := rand.New(rand.NewPCG(1, 2))
	settings := policy.Settings()
	p := standard()
	var list []policy.Policy
	for range n {
		for range 12 {
			s := settings[rng.IntN(len(settings))]
			up := rng.IntN(3) > 0
			for range 1 + rng.IntN(4) {
				s.Step(&p, up)
			}
		}
		list = append(list, p)
	}
	return list
}

func TestWhateverIsTunedCompiles(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles")
	}
	dir := t.TempDir()
	args := []string{"vet"}
	for _, format := range []string{"gobreaker", "failsafe-go"} {
		for k, p := range wander(60) {
			code, err := export.Code(format, fmt.Sprintf("S%d", k), p)
			if err != nil {
				t.Fatalf("%+v: %v", p, err)
			}
			file := filepath.Join(dir, fmt.Sprintf("%s%d.go", format, k))
			if err := os.WriteFile(file, []byte(code), 0o644); err != nil {
				t.Fatal(err)
			}
			args = append(args, file)
		}
	}
	if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
