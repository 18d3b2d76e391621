//go:build unix

package main

import (
	"strings"
	"testing"
)

func TestATourBeginsInATerminal(t *testing.T) {
	p := inTerminal(t, "resiltui", nil, "tour")
	p.awaitText("tour 1 of 6: a retry")
	p.press(">")
	p.awaitText("an opening") // of the next one; the rest of the line stays
	p.press("q")
	p.leaves("again: resiltui pipeline --seed 42")
}

func TestAScenarioThatWasChosenIsTheOneToRepeat(t *testing.T) {
	p := inTerminal(t, "resiltui", nil, "--seed", "9")
	p.awaitText("seed 9")
	p.press("S")
	p.awaitText("enter starts one")
	p.press("jj\r")
	p.awaitText("scenario breaker, seed 9")
	p.press("q")
	p.leaves("again: resiltui breaker --seed 9")
}

// leaves waits for the program's end, and for what it leaves on the normal
// screen.
func (p *pseudoTerminal) leaves(text string) {
	p.t.Helper()
	if status := p.status(); status != exitOK {
		p.t.Errorf("exit status %d", status)
	}
	p.await(text, func() bool { return strings.Contains(p.goodbye(), text) })
}
