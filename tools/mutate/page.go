package main

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
)

// parseReasons parses survivors.txt: the key of a mutant on a line of its own,
// and below it, indented, why no test can notice it. A line that begins with # is
// a comment.
func parseReasons(text string) (map[string]string, error) {
	reasons := map[string]string{}
	key := ""
	for i, line := range strings.Split(text, "\n") {
		indented := strings.HasPrefix(line, "\t")
		switch line = strings.TrimSpace(line); {
		case line == "" || strings.HasPrefix(line, "#"):
		case !indented:
			if _, twice := reasons[line]; twice {
				return nil, fmt.Errorf("survivors.txt:%d: a second time: %s", i+1, line)
			}
			key, reasons[line] = line, ""
		case key == "":
			return nil, fmt.Errorf("survivors.txt:%d: a reason before any change", i+1)
		default:
			reasons[key] = strings.TrimSpace(reasons[key] + " " + line)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(reasons)) {
		if reasons[key] == "" {
			return nil, fmt.Errorf("survivors.txt: no reason for %s", key)
		}
	}
	return reasons, nil
}

const pageHead = `# Mutation testing

One thing after the other is changed in the source, and each time the tests of
the package run: a comparison (its boundary, its sense), a logical, arithmetic or
bitwise operator, a sign, an increment, a boolean, a condition; or a statement is
removed. A change that makes a test fail is *killed*. One that *survives* is
equivalent, which means that no test can tell, or shows that a test is missing.

This page is printed from the run by %s (%s), with the reasons
of tools/mutate/survivors.txt. The run fails where a change survives that has no
reason there, and where one that has a reason is killed.

| package | changes | killed | timed out | survived | not covered |
| --- | ---: | ---: | ---: | ---: | ---: |
`

const pageMiddle = `
A change that *timed out* made the tests run for ever, or for %d times as long as
without it, which nobody would overlook. One that does not compile is not counted
(%d were left out). The tests ran in short mode without the race detector, the
breaker's exhaustive model with two callers; so a change that only the race
detector notices survives here.

## Survivors
`

// writePage is the text of docs/mutation.md.
func writePage(results []result, reasons map[string]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, pageHead, "`make mutation`", runtime.Version())
	unfit := 0
	for _, r := range results {
		unfit += r.count(notViable)
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %d |\n", r.path, len(r.all)-r.count(notViable),
			r.count(killed), r.count(timedOut), r.count(survived), r.count(notCovered))
	}
	fmt.Fprintf(&b, pageMiddle, slack, unfit)
	for _, r := range results {
		fmt.Fprintf(&b, "\n### %s\n\n", r.path)
		for _, m := range append(r.of(survived), r.of(notCovered)...) {
			writeSurvivor(&b, &m, reasons[m.key()])
		}
		if r.count(survived)+r.count(notCovered) == 0 {
			b.WriteString("None.\n")
		}
	}
	return b.String()
}

func writeSurvivor(b *strings.Builder, m *mutant, reason string) {
	change := fmt.Sprintf("`%s` → `%s`", m.before, m.after)
	if m.after == "" {
		change = fmt.Sprintf("`%s` removed", m.before)
	}
	switch {
	case m.outcome == notCovered:
		reason = "No test runs it."
	case reason == "":
		reason = "Not judged."
	}
	fmt.Fprintf(b, "- %s:%d, %s: %s.\n  %s\n", m.file, m.line, m.function, change, reason)
}
