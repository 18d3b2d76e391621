//go:build !unix

package main

// shell is none where there is no job control.
func shell() int { return exitFailed }
