package conformance

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
)

// versions reads what go.mod requires, by module. The build information of a
// test does not name them.
func versions(t *testing.T) map[string]string {
	t.Helper()
	file, err := os.Open("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	found := map[string]string{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if len(fields) >= 2 {
			found[fields[0]] = strings.TrimPrefix(fields[1], "v")
		}
	}
	return found
}

// title is the name of a library with its version, for a heading.
func (l library) title(versions map[string]string) string {
	if l.module == "" {
		return l.name
	}
	return l.name + " " + versions[l.module]
}

const pageHead = `# Conformance

Known bugs of resilience libraries, run as scenarios against the policies of
this repository, sony/gobreaker and failsafe-go. This page is printed from the
run, and a test fails when a result, a word or a version on it is out of date:

    cd benchmarks && go test ./conformance           # check
    cd benchmarks && go test ./conformance -update   # print it anew

All breakers run on equal settings in fake time, unless the remark says
otherwise: so many failures in a row open the circuit, a fixed delay, so many
good probes close it. failsafe-go's permits are used as its executor uses them.

A library passes where the scenario's statement holds and fails where it does
not; n/a stands where the bug cannot be there. "pass, with X" needs a setting
that is off by default; "fail, by default" has a setting that avoids it, which
the remark names and the run tries. Bugs that only concern what a breaker
library does not have (event logs, screens, last-known-good values) are not
compared. The bugs were collected where other libraries had them, so the count
of passes says how far they are avoided here, not how good a library is.

`

// page is docs/conformance.md.
func page(rows []row, libs []library, results map[string]result, versions map[string]string) string {
	var b strings.Builder
	b.WriteString(pageHead)
	b.WriteString("| | bug |")
	for _, l := range libs {
		fmt.Fprintf(&b, " %s |", l.title(versions))
	}
	b.WriteString("\n| --- | --- |" + strings.Repeat(" --- |", len(libs)) + "\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %s |", r.id, r.bug)
		for _, l := range libs {
			fmt.Fprintf(&b, " %s |", results[r.id+l.name].cell())
		}
		b.WriteString("\n")
	}
	b.WriteString("| | **passed** |")
	for _, l := range libs {
		fmt.Fprintf(&b, " %s |", score(rows, l, results))
	}
	b.WriteString("\n\n## What was asked, and what was seen\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "\n**%s, %s.** %s\n", r.id, r.bug, r.asks)
		first := true
		for _, l := range libs {
			line := results[r.id+l.name].line()
			if line == "" {
				continue
			}
			if first {
				b.WriteString("\n")
				first = false
			}
			fmt.Fprintf(&b, "- %s: %s\n", l.title(versions), line)
		}
	}
	return b.String()
}

// cell is the result in the table.
func (r result) cell() string {
	text := r.verdict
	if text == "fail" {
		text = "**fail**"
	}
	if r.when != "" {
		text += ", " + r.when
	}
	return text
}

// line is what there is to say about a result, or nothing.
func (r result) line() string {
	var parts []string
	switch r.verdict {
	case "fail":
		parts = append(parts, "fails: "+r.words)
	case "n/a":
		parts = append(parts, "n/a: "+r.words)
	case "pass":
		if r.note != "" {
			parts = append(parts, "passes")
		}
	}
	if r.note != "" {
		parts = append(parts, r.note)
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "; remark: ") + "."
}

// score is how many of the rows that apply a library passes.
func score(rows []row, l library, results map[string]result) string {
	passed, applicable := 0, 0
	for _, r := range rows {
		switch results[r.id+l.name].verdict {
		case "pass":
			passed++
			applicable++
		case "fail":
			applicable++
		}
	}
	return fmt.Sprintf("%d of %d", passed, applicable)
}
