package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"resiltui/internal/words"
)

// prepared is the document as the text form prints it: without control
// characters, which would break the alignment, and for ASCII with every glyph
// in its ASCII form. This happens before anything is measured, so that the
// widths are those of the printed text.
func (d Document) prepared(ascii bool) Document {
	tidy := oneLine
	if ascii {
		tidy = func(s string) string { return words.ASCIIText(oneLine(s)) }
	}
	each := func(in []string) []string {
		out := make([]string, len(in))
		for i, s := range in {
			out[i] = tidy(s)
		}
		return out
	}
	out := Document{Name: tidy(d.Name), Title: tidy(d.Title), Intro: each(d.Intro)}
	for _, s := range d.Sections {
		section := Section{Title: tidy(s.Title), Prose: each(s.Prose), Conclusion: each(s.Conclusion)}
		for i := range s.Tables {
			section.Tables = append(section.Tables, s.Tables[i].mapped(tidy))
		}
		for i := range s.Pictures {
			section.Pictures = append(section.Pictures, s.Pictures[i].mapped(tidy))
		}
		out.Sections = append(out.Sections, section)
	}
	return out
}

// mapped is a copy in which f is applied to every text for people. Rows that
// are too short get empty cells.
func (t Table) mapped(f func(string) string) Table {
	out := Table{Name: t.Name, Title: f(t.Title)}
	for _, c := range t.Columns {
		c.Title = f(c.Title)
		out.Columns = append(out.Columns, c)
	}
	for _, row := range t.Rows {
		cells := make([]Cell, len(t.Columns))
		copy(cells, row)
		for i := range cells {
			cells[i].Text = f(cells[i].Text)
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

func (p Picture) mapped(f func(string) string) Picture {
	pieces := func(in []Piece) []Piece {
		out := make([]Piece, len(in))
		for i, piece := range in {
			out[i] = Piece{Text: f(piece.Text), Tone: piece.Tone}
		}
		return out
	}
	out := Picture{Title: f(p.Title), Legend: pieces(p.Legend), AxisFrom: f(p.AxisFrom), AxisTo: f(p.AxisTo)}
	for _, s := range p.Strips {
		out.Strips = append(out.Strips, Strip{Label: f(s.Label), Pieces: pieces(s.Pieces), Note: f(s.Note)})
	}
	return out
}

// oneLine replaces line breaks and tabs by spaces, and removes other control
// characters and invalid UTF-8.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r) || r == utf8.RuneError:
			return -1
		default:
			return r
		}
	}, s)
}
