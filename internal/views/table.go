package views

import (
	"cmp"
	"slices"

	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// FigureGap is the cells in front of each column of figures.
const FigureGap = 2

// Column is a column of figures in a table with rows of type R, right-aligned.
type Column[R any] struct {
	Title string
	// Long is a longer title, used where all columns have room for theirs; empty is none.
	Long string
	// Width is how many cells the figures take.
	Width int
	// Rank says which columns stay where there is not enough room: those with low ranks.
	Rank int
	// Text returns the figure of a row.
	Text func(R) string
	// Key returns the number to sort a row by, the greatest first. A negative number is for
	// a figure that does not exist yet. The table cannot be sorted by a column without Key.
	Key func(R) float64
	// Role is the colour of the column; the zero value uses that of the row.
	Role draw.Role
	// Quiet is the text that means that nothing happened, if that is not "0".
	Quiet string
}

// SensorColumn is a column of a table of sensors.
type SensorColumn = Column[*stats.SensorView]

// ColumnsOfPart returns columns for rows of type R, made from columns for a part of such a
// row; part returns the part.
func ColumnsOfPart[R, P any](columns []Column[P], part func(R) P) []Column[R] {
	out := make([]Column[R], len(columns))
	for i, c := range columns {
		out[i] = Column[R]{Title: c.Title, Long: c.Long, Width: c.Width, Rank: c.Rank, Role: c.Role, Quiet: c.Quiet}
		out[i].Text = func(r R) string { return c.Text(part(r)) }
		if c.Key != nil {
			out[i].Key = func(r R) float64 { return c.Key(part(r)) }
		}
	}
	return out
}

// Table is the columns of a table that fit the room, in their order.
type Table[R any] struct{ columns []placed[R] }

// placed is a column with its place among all columns, and the title and width that fit.
type placed[R any] struct {
	*Column[R]
	place, width int
	title        string
}

// FitTable chooses the columns that fit room cells. Where a column does not fit, those of
// higher ranks are left out too, so that columns disappear in a fixed order.
func FitTable[R any](all []Column[R], room int) Table[R] {
	columns := make([]placed[R], len(all))
	long, wide := false, 0
	for i := range all {
		c := &all[i]
		columns[i] = placed[R]{c, i, c.Width, c.Title}
		if c.Long != "" {
			long = true
		}
		wide += FigureGap + max(words.Width(c.Long)+1, c.Width) // room for the arrow
	}
	if long && wide <= room {
		for i := range columns {
			c := &columns[i]
			c.title, c.width = c.Long, max(words.Width(c.Long)+1, c.Width)
		}
	}
	slices.SortStableFunc(columns, func(a, b placed[R]) int { return cmp.Compare(a.Rank, b.Rank) })
	for i := range columns {
		if room -= FigureGap + columns[i].width; room < 0 {
			columns = columns[:i]
			break
		}
	}
	slices.SortFunc(columns, func(a, b placed[R]) int { return cmp.Compare(a.place, b.place) })
	return Table[R]{columns}
}

// Width is how many cells the table takes.
func (t Table[R]) Width() int {
	n := 0
	for i := range t.columns {
		n += FigureGap + t.columns[i].width
	}
	return n
}

// Head writes the titles; the table starts at a column of the pen. The title by which the
// table is sorted has an arrow.
func (t Table[R]) Head(p *draw.Pen, at int, by Sort) {
	for i := range t.columns {
		c := &t.columns[i]
		at += FigureGap + c.width
		r, title := draw.Label, c.title
		if by.Column == c.place+1 {
			r, title = draw.Accent, title+by.Arrow()
		}
		p.Right(r, title, at, 1)
	}
}

// Row writes the figures of a row; the table starts at a column of the pen. Figures that
// mean that nothing happened are in the labels' colour, so that the others stand out.
func (t Table[R]) Row(p *draw.Pen, at int, row R, r draw.Role) {
	for i := range t.columns {
		c := &t.columns[i]
		at += FigureGap + c.width
		text, role := c.Text(row), r
		if c.Role != draw.Plain {
			role = c.Role
		} else if text == "0" || text == c.Quiet {
			role = draw.Label
		}
		p.Right(role, text, at, 1)
	}
	p.To(at)
}

// Arrow returns an arrow that points down where the greatest figure comes first.
func (s Sort) Arrow() string {
	if s.Inverted {
		return "↑"
	}
	return "↓"
}

// KeyOfRate returns the sort key of a rate; a rate that is not known comes last.
func KeyOfRate(share float64, ok bool) float64 {
	if !ok {
		return -1
	}
	return share
}
