package render

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// markdownPicture is the width of pictures in Markdown, in columns: about what
// code hosting sites show without scrolling.
const markdownPicture = 100

// WriteMarkdown writes documents as GitHub-flavoured Markdown: headings, tables
// with all columns, pictures as fenced blocks of text. Characters of the
// document that Markdown would interpret are escaped. Equal documents give
// equal bytes. The error is the writer's.
func WriteMarkdown(w io.Writer, docs []Document) error {
	var m markdown
	for i := range docs {
		m.document(docs[i].prepared(false))
	}
	_, err := io.WriteString(w, strings.Join(m.blocks, "\n\n")+strings.Repeat("\n", min(len(m.blocks), 1)))
	return err
}

// markdown collects blocks, which are separated by an empty line.
type markdown struct{ blocks []string }

func (m *markdown) add(prefix, s, suffix string) {
	if s != "" {
		m.blocks = append(m.blocks, prefix+s+suffix)
	}
}

func (m *markdown) document(d Document) {
	m.add("# ", markdownText(headline(d)), "")
	m.prose(d.Intro)
	for i := range d.Sections {
		s := &d.Sections[i]
		m.add("## ", markdownText(s.Title), "")
		m.prose(s.Prose)
		for j := range s.Tables {
			m.table(&s.Tables[j])
		}
		for j := range s.Pictures {
			m.picture(s.Pictures[j])
		}
		m.prose(s.Conclusion)
	}
}

func (m *markdown) prose(paragraphs []string) {
	for _, s := range paragraphs {
		m.add("", markdownParagraph(s), "")
	}
}

func (m *markdown) table(t *Table) {
	m.add("**", markdownText(t.Title), "**")
	if len(t.Columns) == 0 {
		return
	}
	var b strings.Builder
	for _, c := range t.Columns {
		b.WriteString("| " + markdownText(c.Title) + " ")
	}
	b.WriteString("|\n")
	for _, c := range t.Columns {
		if c.Right {
			b.WriteString("| ---: ")
		} else {
			b.WriteString("| --- ")
		}
	}
	b.WriteString("|")
	for _, row := range t.Rows {
		b.WriteByte('\n')
		for _, c := range row {
			b.WriteString("| " + markdownText(c.Text) + " ")
		}
		b.WriteString("|")
	}
	m.add("", b.String(), "")
}

// picture writes the picture of the text form in a code fence that is longer
// than any fence in it.
func (m *markdown) picture(pic Picture) {
	m.add("**", markdownText(pic.Title), "**")
	pic.Title = ""
	p := newPage(TextOptions{Width: markdownPicture})
	p.picture(&pic)
	drawn := strings.Trim(strings.Join(p.lines, "\n"), "\n")
	fence := "```"
	for strings.Contains(drawn, fence) {
		fence += "`"
	}
	m.add(fence+"text\n", drawn, "\n"+fence)
}

// markdownText escapes characters that are markup within a line. An underscore
// within a word is not markup, and is not escaped.
func markdownText(s string) string {
	s = strings.TrimSpace(s)
	var b strings.Builder
	before := ' '
	for i, r := range s {
		after, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '&':
			b.WriteString("&amp;")
		case strings.ContainsRune("\\`*[]|~$#", r), r == '_' && !(inWord(before) && inWord(after)):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

func inWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// markdownParagraph is markdownText for the start of a line, which must not
// become a quote, a rule or a list.
func markdownParagraph(s string) string {
	s = markdownText(s)
	rest := strings.TrimLeft(s, "0123456789")
	digits := len(s) - len(rest)
	if rest == "" {
		return s
	}
	alone := len(rest) == 1 || rest[1] == ' ' || rest[1] == rest[0]
	switch {
	case digits == 0 && rest[0] == '>',
		digits == 0 && (rest[0] == '-' || rest[0] == '+') && alone,
		digits > 0 && (rest[0] == '.' || rest[0] == ')') && alone:
		return s[:digits] + `\` + rest
	default:
		return s
	}
}
