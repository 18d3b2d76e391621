package terminal

import (
	"os"
	"strings"
)

// LightBackground says whether the environment variable COLORFGBG announces a
// light background. It is for terminals that do not answer a query: GNU screen,
// older tmux, a serial console. The variable has colour numbers, the last of them
// for the background: "0;15" or, with the border between them, "0;default;15".
func LightBackground() bool {
	value := os.Getenv("COLORFGBG")
	switch value[strings.LastIndex(value, ";")+1:] {
	case "7", "9", "10", "11", "12", "13", "14", "15": // as text editors decide: the greys 0 and 8 are dark
		return strings.Contains(value, ";")
	default:
		return false
	}
}
