package scenario

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"resiltui/internal/filetest"
	"resiltui/internal/setting"
)

// settingsDoc lists the settings; it is written from their table by
// go test ./internal/scenario -run SettingsPage -update.
const settingsDoc = "../../" + settingsPage

const settingsIntro = `# Settings

Every setting of a scenario, as ` + "`--set KEY=VALUE`" + ` takes it, live and in reports. This
page is written from the same table as the program's own errors, and a test fails
when it is not current.

- ` + "`policy.…`" + ` is the policy around every sensor; ` + "`sensors.ID.policy.…`" + ` is that around one.
- The end of a name will do, in whole parts, where no other name ends so:
  ` + "`threshold=4`" + ` is ` + "`policy.breaker.threshold=4`" + `, and ` + "`sensors.S1.threshold=4`" + ` or
  ` + "`S1.threshold=4`" + ` is that of S1. What could be several is refused with their names.
- ` + "`--set @FILE`" + ` sets all that a file holds, a KEY=VALUE a line; ` + "`w`" + ` in the tuner writes
  such files. What is set later wins.
- A time has its unit with it: ` + "`250ms`, `3s`, `2m`, `1h`" + `. A share is a part of 1.
  ` + "`off`" + ` does nothing, and ` + "`0`" + ` is another word for it where 0 is allowed as well.
- The default is what holds where nothing is said. A scenario says something: see
  [where the scenarios begin](#where-the-scenarios-begin).
- A setting brings along what it needs: a failure rate takes a window of 20 calls
  where none is set.
`

// settingsParts are the tables of the page, each of the settings whose names begin
// so.
func settingsParts() []struct {
	title    string
	prefixes []string
} {
	return []struct {
		title    string
		prefixes []string
	}{
		{"The scenario", []string{"interval"}},
		{"Timeout and retries", []string{"policy.timeout", "policy.retry."}},
		{"Circuit breaker", []string{"policy.breaker."}},
		{"Fallback", []string{"policy.fallback."}},
		{"Simulated sensors", []string{"sensors.ID."}},
	}
}

// settingsOf are the settings of a part.
func settingsOf(listed []setting.Row, prefixes []string) []setting.Row {
	var rows []setting.Row
	for _, r := range listed {
		if slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(r.Name, p) }) {
			rows = append(rows, r)
		}
	}
	return rows
}

// exampleOf is the shortest that can be written to set the example of a row in the
// pipeline.
func exampleOf(r setting.Row) string {
	name := r.Name[strings.LastIndexByte(r.Name, '.')+1:]
	if strings.HasPrefix(r.Name, "sensors.ID.") {
		name = "S1." + name
	}
	return name + "=" + r.Example
}

func unitCell(r setting.Row) string {
	if r.Unit == "" {
		return r.Kind
	}
	return r.Unit
}

// settingsPageOf is the page that a table gives.
func settingsPageOf(listed []setting.Row) string {
	var out strings.Builder
	out.WriteString(settingsIntro)
	for _, part := range settingsParts() {
		fmt.Fprintf(&out, "\n## %s\n\n| setting | does | allowed | default | unit | example |\n| --- | --- | --- | --- | --- | --- |\n", part.title)
		for _, r := range settingsOf(listed, part.prefixes) {
			fmt.Fprintf(&out, "| `%s` | %s | %s | %s | %s | `%s` |\n", r.Name, r.Help, r.Range, r.Default, unitCell(r), exampleOf(r))
		}
	}
	out.WriteString("\n## Where the scenarios begin\n\nThe settings in which a scenario differs from the defaults. Several values are those of\nits sensors.\n\n| setting |")
	for _, s := range builtin() {
		fmt.Fprintf(&out, " %s |", s.Name)
	}
	out.WriteString("\n|" + strings.Repeat(" --- |", len(builtin())+1) + "\n")
	for _, r := range policySettings() {
		cells, differs := "", false
		for _, s := range builtin() {
			values := valuesOf(&s, r)
			differs = differs || !slices.Equal(values, []string{r.Default})
			cells += " " + strings.Join(values, ", ") + " |"
		}
		if differs {
			fmt.Fprintf(&out, "| `%s` |%s\n", r.Name, cells)
		}
	}
	return out.String()
}

// valuesOf are the values that the sensors of a scenario have of a setting, each
// once.
func valuesOf(s *Scenario, r setting.Of[Sensor]) []string {
	var values []string
	for i := range s.Sensors {
		if v := r.Get(s.Sensors[i]); !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	return values
}

func TestTheSettingsPageIsCurrent(t *testing.T) {
	filetest.Current(t, settingsDoc, settingsPageOf(listed()))
}

func TestTheSettingsPageNamesEverySettingOnce(t *testing.T) {
	page := settingsPageOf(listed())
	for _, r := range listed() {
		if n := strings.Count(page, "| `"+r.Name+"` | "+r.Help+" |"); n != 1 {
			t.Errorf("%s is on the page %d times", r.Name, n)
		}
		for _, cell := range []string{r.Help, r.Range, r.Default, unitCell(r), r.Example} {
			if cell == "" || strings.ContainsAny(cell, "|\n") {
				t.Errorf("%s has the cell %q", r.Name, cell)
			}
		}
	}
}

// What is written on the page can be typed, and does something.
func TestEveryExampleOfTheSettingsPageIsAccepted(t *testing.T) {
	for _, listed := range listed() {
		s, example := Pipeline(), exampleOf(listed)
		key, value, err := assignmentOf(example)
		if err != nil {
			t.Fatal(err)
		}
		r, err := find(&s, s.rows(), key)
		if err != nil {
			t.Errorf("%s: %v", example, err)
			continue
		}
		before := r.Get(s)
		if err := s.Set(example); err != nil {
			t.Errorf("%s: %v", example, err)
		}
		if got := r.Get(s); got != value || got == before {
			t.Errorf("%s makes %s of %s", example, got, before)
		}
	}
}

// The defaults of what is no policy's are in their ranges too.
func TestEveryDefaultOfTheSettingsPageIsAccepted(t *testing.T) {
	for _, listed := range listed() {
		s := Pipeline()
		key := strings.Replace(listed.Name, "sensors.ID.", "sensors.S1.", 1)
		r, err := find(&s, s.rows(), key)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Set(key + "=" + listed.Default); err != nil || r.Get(s) != listed.Default {
			t.Errorf("%s=%s gives %s, %v", key, listed.Default, r.Get(s), err)
		}
	}
}
