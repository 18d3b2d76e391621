package render

import (
	"bytes"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
)

func markdownOf(t *testing.T, docs ...Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteMarkdown(&b, docs); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestMarkdown(t *testing.T) {
	golden.RequireEqual(t, markdownOf(t, sampleDocs()...))
}

func TestMarkdownOfNothingIsEmpty(t *testing.T) {
	if got := markdownOf(t); got != "" {
		t.Errorf("got %q", got)
	}
	if got := markdownOf(t, Document{Sections: []Section{{Tables: []Table{{}}}}}); got != "" {
		t.Errorf("a table without columns: %q", got)
	}
}

func TestMarkdownTextIsNoMarkup(t *testing.T) {
	for in, want := range map[string]string{
		"a | b\\":               `a \| b\\`,
		"*a* `b` [c] ~~d~~ $e$": "\\*a\\* \\`b\\` \\[c\\] \\~\\~d\\~\\~ \\$e\\$",
		"<b> & co":              "&lt;b> &amp; co",
		"HALF_OPEN _x_ _":       `HALF_OPEN \_x\_ \_`,
		"a # b":                 `a \# b`,
		"12.5 % and 1. and - x": "12.5 % and 1. and - x",
		"  é_é 日_日  ":           "é_é 日_日",
	} {
		if got := markdownText(in); got != want {
			t.Errorf("markdownText(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAMarkdownParagraphIsNoListAndNoQuote(t *testing.T) {
	for in, want := range map[string]string{
		"- item": `\- item`, "+ item": `\+ item`, "---": `\---`, "-": `\-`, "-1.5 is cold": "-1.5 is cold",
		"> quote": `\> quote`, "1. one": `1\. one`, "12) x": `12\) x`, "7.": `7\.`, "0.5 s": "0.5 s", "42": "42", "": "",
		"# no heading": `\# no heading`, "* item": `\* item`,
	} {
		if got := markdownParagraph(in); got != want {
			t.Errorf("markdownParagraph(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAFenceIsLongerThanWhatIsInIt(t *testing.T) {
	pic := Picture{Strips: []Strip{{Pieces: []Piece{{"x````y", Plain}}}}}
	got := markdownOf(t, Document{Sections: []Section{{Pictures: []Picture{pic}}}})
	if want := "`````text\nx````y\n`````\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEveryRowOfAMarkdownTableHasItsColumns(t *testing.T) {
	columns := 0
	for l := range strings.SplitSeq(markdownOf(t, sampleDoc()), "\n") {
		if !strings.HasPrefix(l, "|") {
			columns = 0
			continue
		}
		n := strings.Count(l, "|") - strings.Count(l, `\|`)
		if columns > 0 && n != columns {
			t.Errorf("%d bars, the row above has %d: %s", n, columns, l)
		}
		columns = n
	}
}
