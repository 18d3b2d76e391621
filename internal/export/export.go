// Package export writes a tuned policy for use outside of this program: as code or
// configuration of well-known libraries ([Code]), and as a file of settings that this
// program reads ([Fragment]).
//
// No library supports every setting. In place of an unsupported setting the text has a
// comment that says what the library does instead. The package writes no file and
// copies nothing to the clipboard; it returns text.
package export

import (
	"fmt"
	"go/format"
	"strings"

	"resiltui/internal/engine/policy"
	"resiltui/internal/words"
)

// Format is a format in which a policy can be exported.
type Format struct {
	// Name is what a command line calls it ("gobreaker"); Title is for a list
	// ("gobreaker 2 (Go)"); Extension is that of a file, without a dot ("go").
	Name, Title, Extension string
}

// Formats returns the formats in the order in which they are listed.
func Formats() []Format {
	var list []Format
	for _, w := range writers() {
		list = append(list, w.Format)
	}
	return list
}

// writer is a format with the function that writes it.
type writer struct {
	Format
	write func(rules) string
}

func writers() []writer {
	return []writer{
		{Format{"gobreaker", "gobreaker 2 (Go)", "go"}, formatted(gobreaker)},
		{Format{"failsafe-go", "failsafe-go 0.9 (Go)", "go"}, formatted(failsafe)},
		{Format{"resilience4j", "resilience4j 2 (YAML)", "yml"}, resilience4j},
		{Format{"polly", "Polly 8 (C#)", "cs"}, polly},
	}
}

// Code returns the policy of the sensor with this id in a format, as a complete file.
// The text ends with a newline, and the same policy gives the same text. The error
// lists the formats, or is that of [policy.Policy.Validate].
func Code(name, id string, p policy.Policy) (string, error) {
	var names []string
	for _, w := range writers() {
		if w.Name != name {
			names = append(names, w.Name)
			continue
		}
		if err := p.Validate(); err != nil {
			return "", err
		}
		return w.write(rulesOf(id, p)), nil
	}
	return "", fmt.Errorf("unknown format %q; the formats are %s", words.Clean(name, 40), strings.Join(names, ", "))
}

// formatted formats the Go code of a writer as gofmt does.
func formatted(write func(rules) string) func(rules) string {
	return func(r rules) string {
		text := write(r)
		if source, err := format.Source([]byte(text)); err == nil {
			return string(source)
		}
		return text // not formatted: the text does not parse; a test makes sure that this cannot happen
	}
}
