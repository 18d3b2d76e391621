package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"resiltui/internal/filetest"
)

// exercisesPage shows real output. Each block that begins with "$ resiltui "
// is run and compared; -update writes what came out.
const exercisesPage = "../../docs/exercises.md"

func TestTheExercisesPageShowsWhatTheReportsPrint(t *testing.T) {
	page, err := os.ReadFile(exercisesPage)
	if err != nil {
		t.Fatal(err)
	}
	const open, end = "```text\n$ resiltui ", "```\n"
	var out strings.Builder
	rest, blocks := string(page), 0
	for {
		before, block, ok := strings.Cut(rest, open)
		out.WriteString(before)
		if !ok {
			break
		}
		command, _, _ := strings.Cut(block, "\n")
		_, after, ok := strings.Cut(block, end)
		if !ok {
			t.Fatalf("the block of %q has no end", command)
		}
		var stdout, stderr bytes.Buffer
		if status := run(strings.Fields(command), strings.NewReader(""), &stdout, &stderr); status != exitOK {
			t.Fatalf("resiltui %s: exit status %d: %s", command, status, stderr.String())
		}
		out.WriteString(open + command + "\n" + stdout.String() + end)
		rest = after
		blocks++
	}
	if blocks < 4 {
		t.Fatalf("the page shows %d reports, want all four", blocks)
	}
	filetest.Current(t, exercisesPage, out.String())
}
