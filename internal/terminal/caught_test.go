package terminal

import (
	"fmt"
	"log"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestWhatLibrariesWriteIsCaughtAndNotTwice(t *testing.T) {
	before, flags := os.Stderr, log.Flags()
	var told []string
	c, err := Catch(func(line string) { told = append(told, line) })
	if err != nil {
		t.Fatal(err)
	}
	log.Print("one")
	log.Print("one")
	_, _ = fmt.Fprintln(os.Stderr, "two")
	log.Print(strings.Repeat("x", 3*maxCaughtLine))
	log.Print("three")
	c.Release()
	if len(told) != 4 || !slices.Equal([]string{told[0], told[1], told[3]}, []string{"one", "two", "three"}) || len(told[2]) > maxCaughtLine {
		t.Errorf("%.200q", told)
	}
	if os.Stderr != before || log.Writer() != before || log.Flags() != flags {
		t.Error("standard error is not given back")
	}
}

func TestOfAFloodOfLinesTheFirstAreTold(t *testing.T) {
	var told []string
	c, err := Catch(func(line string) { told = append(told, line) })
	if err != nil {
		t.Fatal(err)
	}
	for i := range 10_000 {
		log.Print(i)
	}
	c.Release()
	if len(told) != maxCaught+1 || told[maxCaught] != "more than 50 lines, and the rest is left out" {
		t.Errorf("%d lines, %q", len(told), told)
	}
}
