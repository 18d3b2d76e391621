package render

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"
)

func textOf(t testing.TB, docs []Document, o TextOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteText(&b, docs, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTextAtEveryWidth(t *testing.T) {
	for _, width := range []int{40, 79, 80, 120} {
		for _, o := range []TextOptions{{}, {Color: true}, {Color: true, Light: true}, {ASCII: true}} {
			o.Width = width
			t.Run(fmt.Sprintf("%d_color=%t_light=%t_ascii=%t", width, o.Color, o.Light, o.ASCII), func(t *testing.T) {
				golden.RequireEqual(t, textOf(t, sampleDocs(), o))
			})
		}
	}
}

func TestColourChangesNothingButColour(t *testing.T) {
	for _, width := range []int{40, 79, 80, 120} {
		plain := textOf(t, sampleDocs(), TextOptions{Width: width})
		coloured := textOf(t, sampleDocs(), TextOptions{Width: width, Color: true})
		if strings.ContainsRune(plain, '\x1b') {
			t.Errorf("width %d: an escape sequence without Color", width)
		}
		if plain == coloured || ansi.Strip(coloured) != plain {
			t.Errorf("width %d: without its colours the coloured text is\n%s\nnot\n%s", width, ansi.Strip(coloured), plain)
		}
	}
}

func TestLightAndDarkColoursDiffer(t *testing.T) {
	dark, light := toneColours(false), toneColours(true)
	for tone := Live; tone <= Faint; tone++ {
		if dark[tone] == "" || light[tone] == "" || dark[tone] == light[tone] {
			t.Errorf("tone %d: dark %q, light %q", tone, dark[tone], light[tone])
		}
	}
}

func TestASCIIHoldsNothingElse(t *testing.T) {
	out := textOf(t, sampleDocs(), TextOptions{Width: 80, ASCII: true})
	if i := strings.IndexFunc(out, func(r rune) bool { return r >= utf8.RuneSelf }); i >= 0 {
		t.Fatalf("not ASCII: %q", out[i:min(i+20, len(out))])
	}
}

func TestControlCharactersDoNotReachThePage(t *testing.T) {
	d := Document{Name: "x", Title: "a\tb\r\x1b[31mc\nd\xffe"}
	if got, want := textOf(t, []Document{d}, TextOptions{}), "x: a b[31mc de\n══════════════\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWidthsOutOfRangeAreMadeSense(t *testing.T) {
	for width, same := range map[int]int{0: 80, -5: 80, 1: 20, 19: 20} {
		if textOf(t, sampleDocs(), TextOptions{Width: width}) != textOf(t, sampleDocs(), TextOptions{Width: same}) {
			t.Errorf("width %d is not as %d", width, same)
		}
	}
}

func TestNoDocumentsAreNoText(t *testing.T) {
	if got := textOf(t, nil, TextOptions{}) + textOf(t, []Document{{}}, TextOptions{}); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestTheDocumentIsLeftAsItWas(t *testing.T) {
	docs := sampleDocs()
	textOf(t, docs, TextOptions{ASCII: true, Width: 40})
	if textOf(t, docs, TextOptions{}) != textOf(t, sampleDocs(), TextOptions{}) {
		t.Error("writing it in ASCII changed the document")
	}
}

func TestSpareColumnsAreLeftOutBelow80Columns(t *testing.T) {
	docs := []Document{{Sections: []Section{{Tables: []Table{narrowTable()}}}}}
	if out := textOf(t, docs, TextOptions{Width: 80}); !strings.Contains(out, "p95") {
		t.Errorf("80 columns, and no p95:\n%s", out)
	}
	if out := textOf(t, docs, TextOptions{Width: 79}); strings.Contains(out, "p95") {
		t.Errorf("79 columns, and p95:\n%s", out)
	}
}

func TestATableOfSpareColumnsKeepsThem(t *testing.T) {
	docs := []Document{{Sections: []Section{{Tables: []Table{{
		Columns: []Column{{Title: "only", Spare: true}}, Rows: [][]Cell{{{Text: "x"}}},
	}}}}}}
	if got, want := textOf(t, docs, TextOptions{Width: 40}), "only\n────\nx\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestABlockTakesItsTitlesOnLinesOfTheirOwnWhereTheyAreLong(t *testing.T) {
	docs := []Document{{Sections: []Section{{Tables: []Table{{
		Columns: []Column{{Title: "a title of many words", Right: true}, {Title: "b", Right: true}, {Title: "c"}, {Title: ""}},
		Rows:    [][]Cell{{{Text: "value one"}, {Text: "1"}, {}, {Text: "untitled"}}},
	}}}}}}
	want := "a title of many\nwords:\n  value one\nb:\n  1\nc:\n  untitled\n"
	if got := textOf(t, docs, TextOptions{Width: 20}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAllStripsOfAPictureAreBrokenAtTheSameColumn(t *testing.T) {
	for _, width := range []int{20, 40, 79, 120} {
		docs := []Document{{Sections: []Section{{Pictures: []Picture{longPicture()}}}}}
		var top, bottom string
		var starts []int
		for _, l := range strings.Split(textOf(t, docs, TextOptions{Width: width}), "\n") {
			if digits := strings.IndexAny(l, "123456789."); strings.HasPrefix(l, "top") && !strings.Contains(l, "top     130 calls") && digits >= 0 {
				body, _, _ := strings.Cut(l[digits:], " ")
				top += body
				starts = append(starts, ansi.StringWidth(l[:digits]))
			}
			if at := strings.IndexAny(l, "●×"); strings.HasPrefix(l, "bott") && at >= 0 {
				body, _, _ := strings.Cut(l[at:], " ")
				bottom += body
				starts = append(starts, ansi.StringWidth(l[:at]))
			}
		}
		if bottom != strings.Repeat("●", 65)+strings.Repeat("×", 60) {
			t.Errorf("width %d: the second strip became %q", width, bottom)
		}
		if !strings.HasPrefix(top, strings.Repeat("123456789.", 13)) {
			t.Errorf("width %d: the first strip became %q", width, top)
		}
		for _, s := range starts {
			if s != starts[0] {
				t.Errorf("width %d: strips begin at the columns %v", width, starts)
				break
			}
		}
	}
}

func TestAWideCharacterIsNotCutByTheEndOfAChunk(t *testing.T) {
	pic := Picture{Strips: []Strip{{Pieces: []Piece{{strings.Repeat("x", 19) + "日yz", Plain}}}}}
	docs := []Document{{Sections: []Section{{Pictures: []Picture{pic}}}}}
	if got, want := textOf(t, docs, TextOptions{Width: 20}), strings.Repeat("x", 19)+"\n\n日yz\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestANoteAsWideAsThePageHasALineOfItsOwn(t *testing.T) {
	for _, n := range []int{17, 18, 19, 20, 21} {
		pic := Picture{Strips: []Strip{{Note: strings.Repeat("n", n)}}}
		docs := []Document{{Sections: []Section{{Pictures: []Picture{pic}}}}}
		if got := strings.ReplaceAll(textOf(t, docs, TextOptions{Width: 20}), "\n", ""); strings.TrimSpace(got) != pic.Strips[0].Note {
			t.Errorf("%d cells: %q", n, got)
		}
	}
}

func TestAnAxisWiderThanItsStripReachesBeyondIt(t *testing.T) {
	for _, c := range []struct {
		from, to, want string
	}{
		{"first", "last", "xxx\nfirst  last\n"},
		{"first", "", "xxx\nfirst\n"},
		{"", "z", "xxx\n  z\n"},
		{"", "later", "xxx\nlater\n"},
		{"the very beginning", "the very end", "xxx\nthe very beginning\nthe very end\n"},
	} {
		pic := Picture{Strips: []Strip{{Pieces: []Piece{{"xxx", Plain}}}}, AxisFrom: c.from, AxisTo: c.to}
		docs := []Document{{Sections: []Section{{Pictures: []Picture{pic}}}}}
		if got := textOf(t, docs, TextOptions{Width: 20}); got != c.want {
			t.Errorf("axis %q to %q: got\n%s\nwant\n%s", c.from, c.to, got, c.want)
		}
	}
}

func TestAToneThatDoesNotExistIsPlain(t *testing.T) {
	if got := newInks(TextOptions{Color: true}).paint(Faint+1, "x"); got != "x" {
		t.Errorf("got %q", got)
	}
}

func TestTheErrorOfTheWriterIsReturned(t *testing.T) {
	full := errors.New("disk full")
	w := failingWriter{full}
	if err := WriteText(w, sampleDocs(), TextOptions{}); !errors.Is(err, full) {
		t.Errorf("WriteText: %v", err)
	}
	if err := WriteMarkdown(w, sampleDocs()); !errors.Is(err, full) {
		t.Errorf("WriteMarkdown: %v", err)
	}
	if err := WriteCSV(w, sampleDoc(), "sensors"); !errors.Is(err, full) {
		t.Errorf("WriteCSV: %v", err)
	}
}

type failingWriter struct{ err error }

func (f failingWriter) Write([]byte) (int, error) { return 0, f.err }

// phrases draws texts with what is hard to lay out: long words, wide characters,
// combining ones, control characters, runs of spaces.
func phrases() *rapid.Generator[string] {
	return rapid.StringOf(rapid.SampledFrom([]rune("abcXYZ019 -_|`*●×~─\u00a0日本é\u0301👍\t\n \x1b")))
}

func documents() *rapid.Generator[Document] {
	cell := rapid.Custom(func(t *rapid.T) Cell {
		return Cell{Text: phrases().Draw(t, "text"), Tone: Tone(rapid.IntRange(0, 10).Draw(t, "tone"))}
	})
	column := rapid.Custom(func(t *rapid.T) Column {
		return Column{Title: phrases().Draw(t, "title"), Right: rapid.Bool().Draw(t, "right"), Spare: rapid.Bool().Draw(t, "spare")}
	})
	tables := rapid.Custom(func(t *rapid.T) Table {
		return Table{
			Title:   phrases().Draw(t, "title"),
			Columns: rapid.SliceOfN(column, 0, 8).Draw(t, "columns"),
			Rows:    rapid.SliceOfN(rapid.SliceOfN(cell, 0, 9), 0, 4).Draw(t, "rows"),
		}
	})
	piece := rapid.Custom(func(t *rapid.T) Piece { c := cell.Draw(t, "piece"); return Piece{Text: c.Text, Tone: c.Tone} })
	strip := rapid.Custom(func(t *rapid.T) Strip {
		return Strip{Label: phrases().Draw(t, "label"), Pieces: rapid.SliceOfN(piece, 0, 6).Draw(t, "pieces"), Note: phrases().Draw(t, "note")}
	})
	pictures := rapid.Custom(func(t *rapid.T) Picture {
		return Picture{
			Title: phrases().Draw(t, "title"), Strips: rapid.SliceOfN(strip, 0, 4).Draw(t, "strips"),
			Legend:   rapid.SliceOfN(piece, 0, 5).Draw(t, "legend"),
			AxisFrom: phrases().Draw(t, "from"), AxisTo: phrases().Draw(t, "to"),
		}
	})
	return rapid.Custom(func(t *rapid.T) Document {
		return Document{
			Name: "doc", Title: phrases().Draw(t, "title"), Intro: rapid.SliceOfN(phrases(), 0, 2).Draw(t, "intro"),
			Sections: []Section{{
				Title:      phrases().Draw(t, "section"),
				Prose:      rapid.SliceOfN(phrases(), 0, 2).Draw(t, "prose"),
				Tables:     rapid.SliceOfN(tables, 0, 2).Draw(t, "tables"),
				Pictures:   rapid.SliceOfN(pictures, 0, 2).Draw(t, "pictures"),
				Conclusion: rapid.SliceOfN(phrases(), 0, 2).Draw(t, "conclusion"),
			}},
		}
	})
}

func TestNoLineIsWiderThanThePage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		docs := []Document{documents().Draw(t, "document")}
		o := TextOptions{
			Width: rapid.IntRange(minWidth, 130).Draw(t, "width"),
			Color: rapid.Bool().Draw(t, "color"), ASCII: rapid.Bool().Draw(t, "ascii"),
		}
		var first, second bytes.Buffer
		for _, b := range []*bytes.Buffer{&first, &second} {
			if err := WriteText(b, docs, o); err != nil {
				t.Fatal(err)
			}
		}
		if first.String() != second.String() {
			t.Fatal("the same document, other bytes")
		}
		for l := range strings.SplitSeq(first.String(), "\n") {
			if w := ansi.StringWidth(l); w > o.Width {
				t.Fatalf("%d cells of %d: %q", w, o.Width, l)
			}
			if strings.HasSuffix(l, " ") {
				t.Fatalf("spaces at the end of %q", l)
			}
		}
	})
}
