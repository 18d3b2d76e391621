package terminal

import "testing"

func TestNoColorIsAnyValueThatIsNotEmpty(t *testing.T) {
	for value, want := range map[string]bool{"": false, "1": true, "0": true, "yes": true, "false": true} {
		t.Setenv("NO_COLOR", value)
		if NoColor() != want {
			t.Errorf("NO_COLOR=%q: %v", value, NoColor())
		}
	}
}
