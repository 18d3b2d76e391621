package render

import (
	"strings"

	"charm.land/lipgloss/v2"
	"charm.land/lipgloss/v2/table"
	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/words"
)

const (
	// columnGap is the number of cells between two columns of a table, narrowGap
	// that where the table does not fit otherwise.
	columnGap = 2
	narrowGap = 1
	// minWrapped is the smallest width to which a column of words is wrapped.
	minWrapped = 20
	// minValue is the smallest width of a value beside its title in a block.
	minValue = 10
)

// table writes a table in the first form that fits: with its longest texts
// wrapped, without its spare columns, with a smaller gap, as blocks.
func (p *page) table(t *Table) {
	p.gap()
	p.caption(t.Title)
	if len(t.Rows) == 0 {
		p.line(p.inks.paint(Faint, "no rows"))
		return
	}
	all, needed := t.columnSets()
	forms := []gridForm{{needed, columnGap}, {needed, narrowGap}}
	if p.width >= defaultWidth {
		forms = append([]gridForm{{all, columnGap}}, forms...)
	}
	for _, form := range forms {
		if widths, ok := t.fit(form, p.width); ok {
			p.grid(t, form, widths)
			return
		}
	}
	p.blocks(t, needed)
}

// gridForm says which columns a table shows, and the gap between them.
type gridForm struct {
	columns []int
	gap     int
}

// columnSets are the indexes of all columns, and of those that are not spare.
// Where all columns are spare, all are needed.
func (t *Table) columnSets() (all, needed []int) {
	for i := range t.Columns {
		all = append(all, i)
		if !t.Columns[i].Spare {
			needed = append(needed, i)
		}
	}
	if len(needed) == 0 {
		needed = all
	}
	return all, needed
}

// fit finds column widths so that the table fits into width cells. Only columns
// of words become narrower, the widest first, and none narrower than its title.
// ok is false where that is not enough.
func (t *Table) fit(form gridForm, width int) (widths []int, ok bool) {
	widths = make([]int, len(form.columns))
	total := form.gap * (len(form.columns) - 1)
	for i, c := range form.columns {
		widths[i] = ansi.StringWidth(t.Columns[c].Title)
		for _, row := range t.Rows {
			widths[i] = max(widths[i], ansi.StringWidth(row[c].Text))
		}
		total += widths[i]
	}
	for ; total > width; total-- {
		widest := -1
		for i, c := range form.columns {
			least := max(minWrapped, ansi.StringWidth(t.Columns[c].Title))
			if !t.Columns[c].Right && widths[i] > least && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return nil, false
		}
		widths[widest]--
	}
	return widths, true
}

// grid writes a table with aligned columns.
func (p *page) grid(t *Table, form gridForm, widths []int) {
	columns := form.columns
	styles := make([]lipgloss.Style, len(columns))
	headers := make([]string, len(columns))
	for i, c := range columns {
		styles[i] = gridStyle(widths[i], form.gap, t.Columns[c].Right, i == len(columns)-1)
		headers[i] = p.inks.strong.paint(t.Columns[c].Title)
	}
	grid := table.New().
		Border(lipgloss.Border{Top: p.glyph("─")}).BorderStyle(p.inks.border).
		BorderTop(false).BorderBottom(false).BorderLeft(false).BorderRight(false).BorderColumn(false).
		StyleFunc(func(_, column int) lipgloss.Style { return styles[column] }).
		Headers(headers...)
	for _, row := range t.Rows {
		cells := make([]string, len(columns))
		for i, c := range columns {
			cells[i] = p.wrapped(row[c], widths[i])
		}
		grid.Row(cells...)
	}
	for l := range strings.SplitSeq(grid.Render(), "\n") {
		p.line(l)
	}
}

// gridStyle only aligns a text; the text contains its colours already.
func gridStyle(width, gap int, right, last bool) lipgloss.Style {
	s := lipgloss.NewStyle()
	if right {
		s = s.Align(lipgloss.Right)
	}
	if !last {
		s = s.PaddingRight(gap)
		width += gap
	}
	return s.Width(width)
}

// wrapped is the text of a cell, wrapped, and painted line by line.
func (p *page) wrapped(c Cell, width int) string {
	lines := []string{c.Text}
	if ansi.StringWidth(c.Text) > width {
		lines = words.Wrap(c.Text, width, 0)
	}
	for i := range lines {
		lines[i] = p.inks.paint(c.Tone, lines[i])
	}
	return strings.Join(lines, "\n")
}

// blocks writes a row as lines of "title: cell", with the cells aligned.
func (p *page) blocks(t *Table, columns []int) {
	at := 0
	for _, c := range columns {
		at = max(at, ansi.StringWidth(t.Columns[c].Title)+len(": "))
	}
	if at+minValue > p.width {
		at = len("  ")
	}
	for i, row := range t.Rows {
		if i > 0 {
			p.gap()
		}
		for _, c := range columns {
			p.entry(t.Columns[c].Title, row[c], at)
		}
	}
}

// entry writes one cell of a block; its text begins in column at. A longer title
// has a line of its own.
func (p *page) entry(title string, c Cell, at int) {
	key := ""
	if title != "" {
		key = title + ":"
	}
	values := words.Wrap(c.Text, p.width-at, 0)
	if ansi.StringWidth(key) >= at {
		for _, l := range words.Wrap(key, p.width, 0) {
			p.line(l)
		}
		key = ""
	} else if key != "" && len(values) == 0 {
		p.line(key)
	}
	for _, v := range values {
		p.line(padCells(key, at) + p.inks.paint(c.Tone, v))
		key = ""
	}
}
