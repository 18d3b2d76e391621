//go:build unix

package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"unsafe"

	"github.com/charmbracelet/x/term"
)

// shell is the least shell with job control: it runs the program in a job of its
// own, says when that has stopped and in which mode it left the terminal, and
// continues it in the foreground after a line of input.
func shell() int {
	signal.Ignore(syscall.SIGTTOU) // taking the terminal back is not stopped
	before, err := term.GetState(0)
	if err != nil {
		return exitFailed
	}
	job := exec.Command(os.Args[0], os.Args[1:]...)
	job.Env = append(os.Environ(), asProgram+"=resiltui")
	job.Stdin, job.Stdout, job.Stderr = os.Stdin, os.Stdout, os.Stderr
	job.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Foreground: true}
	if err := job.Start(); err != nil {
		return exitFailed
	}
	fmt.Printf("job %d\r\n", job.Process.Pid)
	lines := bufio.NewScanner(os.Stdin)
	for {
		var status syscall.WaitStatus
		if _, err := syscall.Wait4(job.Process.Pid, &status, syscall.WUNTRACED, nil); err != nil {
			return exitFailed
		}
		foreground(os.Getpid())
		if !status.Stopped() {
			return status.ExitStatus()
		}
		now, err := term.GetState(0)
		fmt.Printf("stopped, mode restored: %v\n", err == nil && *now == *before)
		if !lines.Scan() {
			return exitFailed
		}
		foreground(job.Process.Pid)
		_ = syscall.Kill(-job.Process.Pid, syscall.SIGCONT)
	}
}

// foreground gives the terminal to a process group.
func foreground(group int) {
	id := int32(group)
	_, _, _ = syscall.Syscall(syscall.SYS_IOCTL, 0, syscall.TIOCSPGRP, uintptr(unsafe.Pointer(&id)))
}
