package apart

import (
	"os"
	"syscall"
)

// limit has the system refuse memory that watch would come too late for, and where
// memory is short have a worker killed before anything else.
func limit() {
	const hard = 2 * MaxMemory // the runtime takes more than is used
	_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: hard, Max: hard})
	_ = os.WriteFile("/proc/self/oom_score_adj", []byte("1000"), 0)
}
