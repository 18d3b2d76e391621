package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// setting describes the machine and the date of the figures.
type setting struct {
	processor, system, version, date string
	cores                            int
	peers                            []string
}

// machine describes the machine that the program runs on.
func machine(processor, dir string) setting {
	s := setting{
		processor: processor, system: runtime.GOOS, version: runtime.Version(),
		cores: runtime.NumCPU(), date: time.Now().Format(time.DateOnly),
	}
	peers := map[string]string{
		"github.com/sony/gobreaker/v2": "gobreaker", "github.com/failsafe-go/failsafe-go": "failsafe-go",
		"github.com/cenkalti/backoff/v5": "backoff", "charm.land/bubbletea/v2": "Bubble Tea",
	}
	if text, err := os.ReadFile(filepath.Join(dir, "benchmarks", "go.mod")); err == nil {
		for line := range strings.Lines(string(text)) {
			if f := strings.Fields(line); len(f) >= 2 && peers[f[0]] != "" {
				s.peers = append(s.peers, peers[f[0]]+" "+strings.TrimPrefix(f[1], "v"))
			}
		}
	}
	return s
}

// writePage is the text of docs/performance.md.
func writePage(results []result, s setting, took time.Duration) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Performance\n\nWritten by `make bench` in %v: do not edit.\n\n", took.Round(time.Second))
	fmt.Fprintf(&b, "Measured on %s, %s, %d cores, %s, %s. Beside %s.\n\n", s.date, s.processor, s.cores, s.system, s.version, strings.Join(s.peers, ", "))
	fmt.Fprintf(&b, "Each figure is a median of %d measurements or more, but for those of a running program, which was watched for %v. "+
		"Where there is a peer, ours and the peer were measured in turns, and the ratio is that of the medians of this run. "+
		"1 MB is 1,000,000 bytes.\n\n", full().turns, watched)
	b.WriteString("| what | at most | measured | |\n| --- | --- | --- | --- |\n")
	for _, r := range results {
		target := r.target
		if r.atLeast {
			target = "at least " + target
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", r.what, target, r.text, r.verdict())
	}
	missed := false
	for _, r := range results {
		if r.reached() || r.held == "" {
			continue
		}
		if !missed {
			b.WriteString("\n## What holds the others back\n\n")
			missed = true
		}
		fmt.Fprintf(&b, "- **%s**: %s\n", r.what, r.held)
	}
	return b.String()
}
