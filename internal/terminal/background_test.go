package terminal

import "testing"

func TestTheEnvironmentMayTellTheBackground(t *testing.T) {
	for told, want := range map[string]bool{
		"": false, "0;15": true, "15;0": false, "0;7": true, "7;8": false, "0;default;15": true, "15;default;0": false,
		"0;default": false, "default;default": false, "15": false, "0;": false, ";": false, "0;white": false, "0;11": true,
		"0;115": false, "0; 15": false,
	} {
		t.Setenv("COLORFGBG", told)
		if got := LightBackground(); got != want {
			t.Errorf("COLORFGBG=%q: light is %v", told, got)
		}
	}
}
