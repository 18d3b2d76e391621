//go:build unix

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAProgramThatIsKilledLosesNoMoreThanTheLastSecondOfItsLog(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "events")
	p := inTerminal(t, "resiltui", nil, "--plain", "--status-every", "100ms", "--log-file", name)
	p.awaitText("batch 5:")
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	p.status()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	whole := string(text[:strings.LastIndexByte(string(text), '\n')+1]) // the last line may be torn
	var e struct{ Batch int }
	for line := range strings.Lines(whole) {
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
	}
	if e.Batch < 3 { // two batches are a second
		t.Errorf("the log ends with batch %d", e.Batch)
	}
}
