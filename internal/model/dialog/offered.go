package dialog

// Offered says that something was handed to the terminal for its clipboard.
// Whether it arrived nobody knows: many terminals ask first or take nothing, and
// tmux keeps it to itself unless it is told otherwise.
func Offered(what string) string {
	return what + " offered to the terminal's clipboard (OSC 52), if allowed"
}
