package terminal

import (
	"os"
	"syscall"
)

// discard throws away output that the terminal has not read yet (tcflush with
// TCOFLUSH). Then it stops and starts the output (tcflow with TCOOFF and
// TCOON), which unblocks a waiting writer.
func discard(out *os.File) {
	const tcxonc, tcooff, tcoon = 0x540a, 0, 1
	const tcflsh, tcoflush = 0x540b, 1
	for _, call := range [][2]uintptr{{tcflsh, tcoflush}, {tcxonc, tcooff}, {tcxonc, tcoon}} {
		_, _, _ = syscall.Syscall(syscall.SYS_IOCTL, out.Fd(), call[0], call[1])
	}
}
