package terminal

import (
	"os"
	"syscall"
)

// discard throws away what was written to a terminal and not read by it yet
// (tcflush with TCOFLUSH), and wakes up who waits to write more: stopping and
// starting the output (tcflow with TCOOFF and TCOON) does that.
func discard(out *os.File) {
	const tcxonc, tcooff, tcoon = 0x540a, 0, 1
	const tcflsh, tcoflush = 0x540b, 1
	for _, call := range [][2]uintptr{{tcflsh, tcoflush}, {tcxonc, tcooff}, {tcxonc, tcoon}} {
		_, _, _ = syscall.Syscall(syscall.SYS_IOCTL, out.Fd(), call[0], call[1])
	}
}
