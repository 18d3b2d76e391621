package fault

import (
	"fmt"
	"strings"
	"testing"

	"resiltui/internal/filetest"
)

// faultsPage is docs/faults.md.
func faultsPage() string {
	var b strings.Builder
	b.WriteString(`# Faults

What can be injected, on simulated sensors and real endpoints alike. Faults act
inside resiltui: an endpoint is read, never harmed, and an attempt that a fault
refuses is not sent. They are innermost: every policy meets them.

A fault ends when it is recovered, when its time to live is over, if it has one, or
where it says so by itself. A second fault of a kind takes the place of the first. All
draws are addressed by seed, sensor, call and attempt, so that the same run meets
the same faults.

| fault | the sensor | as one key injects it | parameters |
| --- | --- | --- | --- |
`)
	for _, kind := range Kinds() {
		var params []string
		for _, p := range kind.Params {
			params = append(params, fmt.Sprintf("%s, %s (%s)", p.Name, strings.TrimPrefix(p.Range(), "a whole number "), p.Text(kind.Default)))
		}
		if params == nil {
			params = []string{"none"}
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", kind.Name, kind.Help, kind.Default.Label(), strings.Join(params, "; "))
	}
	b.WriteString(`
Where several are active, an attempt that its caller leaves meets nothing else.
What adds time comes first and adds to refusals too. A black hole beats a crash,
both beat a rate limit, and what gets so far has reached the sensor: brownout and
fail-first count it. Then a panic beats errors. A value that comes through is
stuck first, then it drifts, then it is a spike, and corrupt then.

Brownout, fail-first and rate-limit depend on how often the sensor is asked. The
pipeline without policies is counted apart: it meets what it would meet alone.
`)
	return b.String()
}

func TestThePageOfFaultsIsWhatTheyAre(t *testing.T) {
	filetest.Current(t, "../../../docs/faults.md", faultsPage())
}
