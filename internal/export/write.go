package export

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// page builds a text line by line.
type page struct {
	strings.Builder
	// indent is written before each line, and step is what one more level adds to
	// it; remark starts a comment.
	indent, step, remark string
}

// line writes a line.
func (p *page) line(format string, args ...any) {
	text := format
	if len(args) > 0 {
		text = fmt.Sprintf(format, args...)
	}
	if text != "" {
		p.WriteString(p.indent)
		p.WriteString(text)
	}
	p.WriteByte('\n')
}

// width is the column at which comments are wrapped.
const width = 88

// note writes a comment.
func (p *page) note(text string) {
	line := p.remark
	for _, word := range strings.Fields(text) {
		if line != p.remark && utf8.RuneCountInString(p.indent+line+word) >= width {
			p.line("%s", line)
			line = p.remark
		}
		line += " " + word
	}
	p.line("%s", line)
}

// lacking writes a comment about a setting that the library does not support;
// nothing where the text is empty.
func (p *page) lacking(library, text string) {
	if text != "" {
		p.note("NOT IN " + library + ": " + text + ".")
	}
}

// open writes a line and indents what follows by one step; close undoes the step
// and writes a line.
func (p *page) open(format string, args ...any) {
	p.line(format, args...)
	p.indent += p.step
}

func (p *page) close(text string) {
	p.indent = strings.TrimSuffix(p.indent, p.step)
	p.line("%s", text)
}

// short writes a time in the largest unit in which it is a whole number: "250ms",
// "3s". Go, Spring and our command line all read this form.
func short(d time.Duration) string {
	n, u := whole(d)
	return strconv.FormatInt(n, 10) + u.name
}

// unit is a unit of time with its names.
type unit struct {
	d            time.Duration
	name, golang string
}

// whole is a time as a whole number of the largest possible unit, up to seconds.
func whole(d time.Duration) (int64, unit) {
	units := [...]unit{
		{time.Second, "s", "time.Second"},
		{time.Millisecond, "ms", "time.Millisecond"},
		{time.Microsecond, "us", "time.Microsecond"},
		{time.Nanosecond, "ns", "time.Nanosecond"},
	}
	for _, u := range units {
		if d%u.d == 0 {
			return int64(d / u.d), u
		}
	}
	return int64(d), units[3]
}

// goTime is a time as a Go expression.
func goTime(d time.Duration) string {
	n, u := whole(d)
	if n == 1 {
		return u.golang
	}
	return strconv.FormatInt(n, 10) + " * " + u.golang
}

// netTime is a time as a C# expression.
func netTime(d time.Duration) string {
	if d%time.Second == 0 {
		return "TimeSpan.FromSeconds(" + strconv.FormatInt(int64(d/time.Second), 10) + ")"
	}
	return "TimeSpan.FromMilliseconds(" + decimal(float64(d)/float64(time.Millisecond)) + ")"
}

// decimal writes a number without an exponent and without zeros at its end,
// rounded to 1e-9.
func decimal(x float64) string {
	return strconv.FormatFloat(math.Round(x*1e9)/1e9, 'f', -1, 64)
}

func percent(share float64) string { return decimal(share*100) + " %" }

func inARow(n int) string {
	if n == 1 {
		return ""
	}
	return " in a row"
}

// quoted is a text as a literal that is valid in Go, in C# and in YAML.
func quoted(s string) string { return strconv.QuoteToASCII(s) }
