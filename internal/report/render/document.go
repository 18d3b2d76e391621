package render

// Document is a report as people read it: sections of prose, tables and small
// pictures. Text, Markdown and CSV are all written from it; JSON is written
// from the report's own data.
type Document struct {
	// Name is the report's ("retry"); Title says what it is about.
	Name, Title string
	// Intro is what was run, in a sentence or two.
	Intro    []string
	Sections []Section
}

// Section is a part of a document.
type Section struct {
	Title string
	// Prose stands before the tables, Conclusion after the pictures; a
	// paragraph a string.
	Prose      []string
	Tables     []Table
	Pictures   []Picture
	Conclusion []string
}

// Table is rows under columns. Every row has a cell for every column.
type Table struct {
	// Name is unique in the document and fit for a file's name
	// ("sensors"); Title stands above the table, where it is not empty.
	Name, Title string
	Columns     []Column
	Rows        [][]Cell
}

// Column is a column of a table.
type Column struct {
	// Title is for people, Key for programs (the header of a CSV file).
	Title, Key string
	// Right aligns figures.
	Right bool
	// Spare columns are left out where the terminal is narrower than 80
	// columns.
	Spare bool
}

// Cell is one entry of a table.
type Cell struct {
	// Text is for people ("87.5 %", "n/a"), Raw for programs ("0.875", "").
	Text, Raw string
	// Tone colours it on a terminal.
	Tone Tone
}

// Tone is what a cell or a piece of a picture means; it chooses the colour.
type Tone uint8

// The tones.
const (
	Plain Tone = iota
	Live
	Retried
	Stale
	Refused
	Missing
	Closed
	Open
	HalfOpen
	Faint
)

// Picture is one or more strips under a common title, drawn in text only. All
// strips of a picture have their labels padded to the same width.
type Picture struct {
	Title  string
	Strips []Strip
	// Legend explains the glyphs, in order.
	Legend []Piece
	// Axis stands under the strips, from the left end to the right one; empty
	// draws none.
	AxisFrom, AxisTo string
}

// Strip is a labelled line of pieces.
type Strip struct {
	Label  string
	Pieces []Piece
	// Note stands at the right end.
	Note string
}

// Piece is a run of text of one tone.
type Piece struct {
	Text string
	Tone Tone
}
