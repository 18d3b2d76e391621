package terminal

import (
	"os"

	"github.com/charmbracelet/x/term"

	"resiltui/internal/guard"
)

// keeper gives the terminal back where this program could not, because it was killed or
// the Go runtime ended it.
type keeper struct{ *guard.Guard }

// onFull and onLeft tell the keeper whether the program has the full screen.
const (
	onFull = "full"
	onLeft = "left"
)

// keep starts a keeper for the terminal out. Where that is not possible (no sh, Windows)
// there is none, and what kills the program leaves the terminal as it was then.
//
// It waits a moment first. A shell that takes the terminal back sets the mode of its
// own prompt, in which keys still make signals, and that mode must not be changed.
func keep(out *os.File) keeper {
	if !term.IsTerminal(out.Fd()) {
		return keeper{}
	}
	const script = `
		while read -r now; do last=$now; done
		[ "$last" = ` + onFull + ` ] || exit
		sleep 0.2 || sleep 1
		exec 3>&1
		case $(stty -a <&3) in *-isig*) stty sane <&3 ;; esac
		printf %s "$1"`
	g, err := guard.Start(script, out, leaving)
	if err != nil {
		return keeper{}
	}
	return keeper{g}
}
