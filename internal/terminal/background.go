package terminal

import (
	"os"
	"strings"
)

// LightBackground is true where COLORFGBG says that the background is light. It is
// for terminals that do not answer when they are asked: GNU screen, older tmux, a
// serial console. The variable has numbers of colours, the background's last:
// "0;15" or, with the border between them, "0;default;15".
func LightBackground() bool {
	told := os.Getenv("COLORFGBG")
	switch told[strings.LastIndex(told, ";")+1:] {
	case "7", "9", "10", "11", "12", "13", "14", "15": // as editors have it: the greys 0 and 8 are dark
		return strings.Contains(told, ";")
	default:
		return false
	}
}
