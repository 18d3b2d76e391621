package dialog

// Offered says that something was sent to the terminal for its clipboard. The
// program cannot know whether it arrived: many terminals ask the user first or
// ignore it, and tmux keeps it unless it is configured otherwise.
func Offered(what string) string {
	return what + " offered to the terminal's clipboard (OSC 52), if allowed"
}
