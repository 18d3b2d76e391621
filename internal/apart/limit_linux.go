package apart

import (
	"os"
	"syscall"
)

// limit sets a limit of memory in the system, for growth that is too fast for
// watch. It also makes the system kill a worker first when memory is short.
func limit() {
	const hard = 2 * MaxMemory // the Go runtime reserves more than it uses
	_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: hard, Max: hard})
	_ = os.WriteFile("/proc/self/oom_score_adj", []byte("1000"), 0)
}
