package render

import (
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/words"
)

const (
	// defaultWidth is the width of a terminal that is not known, in columns. On
	// narrower terminals tables omit their spare columns.
	defaultWidth = 80
	// minWidth is the smallest supported width, in columns; below it nothing is
	// readable.
	minWidth = 20
)

// TextOptions describe the terminal for which the text form is written. The
// zero value is 80 columns, no colour, Unicode.
type TextOptions struct {
	// Width is the width of the terminal in cells: 0 or less means 80, and less
	// than 20 counts as 20. No line is wider.
	Width int
	// Color writes 24-bit colour sequences; for a terminal with fewer colours,
	// the writer must convert them. Without Color no sequence is written at
	// all.
	Color bool
	// ASCII replaces every glyph by its ASCII form.
	ASCII bool
	// Light chooses the colours for a light background.
	Light bool
}

// WriteText writes documents for people: prose wrapped to the width, aligned
// tables, and pictures. Below 80 columns tables omit their spare columns. Where
// a table is still too wide, its longest texts are wrapped, and where that is
// not enough, each row is written as a block of "title: cell". Equal documents
// and options give equal bytes. The error is the writer's.
func WriteText(w io.Writer, docs []Document, o TextOptions) error {
	p := newPage(o)
	for i := range docs {
		if i > 0 {
			p.lines = append(p.lines, "", "")
		}
		p.document(docs[i].prepared(o.ASCII))
	}
	return p.writeTo(w)
}

// page collects the lines of a text. Only one call of WriteText uses it.
type page struct {
	width int
	ascii bool
	inks  *inks
	lines []string
}

func newPage(o TextOptions) *page {
	width := o.Width
	if width <= 0 {
		width = defaultWidth
	}
	return &page{width: max(width, minWidth), ascii: o.ASCII, inks: newInks(o)}
}

func (p *page) writeTo(w io.Writer) error {
	if len(p.lines) == 0 {
		return nil
	}
	_, err := io.WriteString(w, strings.Join(p.lines, "\n")+"\n")
	return err
}

// line adds a line, without trailing spaces.
func (p *page) line(s string) { p.lines = append(p.lines, strings.TrimRight(s, " ")) }

// gap adds an empty line, unless there is one already.
func (p *page) gap() {
	if n := len(p.lines); n > 0 && p.lines[n-1] != "" {
		p.lines = append(p.lines, "")
	}
}

// glyph is a glyph, or its ASCII form where the page is ASCII.
func (p *page) glyph(s string) string {
	if p.ascii {
		return words.ASCIIText(s)
	}
	return s
}

func (p *page) document(d Document) {
	p.heading(headline(d), "═")
	p.prose(d.Intro)
	for i := range d.Sections {
		s := &d.Sections[i]
		p.heading(s.Title, "─")
		p.prose(s.Prose)
		for j := range s.Tables {
			p.table(&s.Tables[j])
		}
		for j := range s.Pictures {
			p.picture(&s.Pictures[j])
		}
		p.prose(s.Conclusion)
	}
}

// headline is the name and the title of a document.
func headline(d Document) string {
	if d.Name == "" || d.Title == "" {
		return d.Name + d.Title
	}
	return d.Name + ": " + d.Title
}

// heading is bold and underlined, so that it is visible without colour too.
func (p *page) heading(s, rule string) {
	lines := words.Wrap(s, p.width, 0)
	if len(lines) == 0 {
		return
	}
	p.gap()
	widest := 0
	for _, l := range lines {
		p.line(p.inks.strong.paint(l))
		widest = max(widest, ansi.StringWidth(l))
	}
	p.line(p.inks.paint(Faint, strings.Repeat(p.glyph(rule), widest)))
}

// caption is the title of a table or a picture.
func (p *page) caption(s string) {
	for _, l := range words.Wrap(s, p.width, 0) {
		p.line(p.inks.strong.paint(l))
	}
}

func (p *page) prose(paragraphs []string) {
	for _, s := range paragraphs {
		p.gap()
		for _, l := range words.Wrap(s, p.width, 0) {
			p.line(l)
		}
	}
}
