package render

// Document is a report for people: sections of prose, tables and small
// pictures. Text, Markdown and CSV are written from it; JSON is written from
// the report's own data.
type Document struct {
	// Name is the report's name ("retry"); Title says what it is about.
	Name, Title string
	// Intro describes the run in a sentence or two.
	Intro    []string
	Sections []Section
}

// Section is a part of a document.
type Section struct {
	Title string
	// Prose is printed before the tables, Conclusion after the pictures; each
	// string is a paragraph.
	Prose      []string
	Tables     []Table
	Pictures   []Picture
	Conclusion []string
}

// Table is rows under columns. Every row has a cell for every column.
type Table struct {
	// Name is unique in the document and valid as part of a file name
	// ("sensors"); Title is printed above the table, unless it is empty.
	Name, Title string
	Columns     []Column
	Rows        [][]Cell
}

// Column is a column of a table.
type Column struct {
	// Title is for people, Key for programs (the header of a CSV file).
	Title, Key string
	// Right aligns the cells on the right, for numbers.
	Right bool
	// Spare columns are left out where the terminal is narrower than 80
	// columns.
	Spare bool
}

// Cell is one entry of a table.
type Cell struct {
	// Text is for people ("87.5 %", "n/a"), Raw for programs ("0.875", "").
	Text, Raw string
	// Tone gives the cell its colour on a terminal.
	Tone Tone
}

// Tone is the meaning of a cell or of a piece of a picture; the colour depends
// on it.
type Tone uint8

// The tones.
const (
	Plain Tone = iota
	Live
	Retried
	Stale
	FastFail
	Missing
	Closed
	Open
	HalfOpen
	Faint
)

// Picture is one or more strips under a common title; CSV has no pictures. All
// labels of a picture are padded to the same width.
type Picture struct {
	Title  string
	Strips []Strip
	// Legend explains the glyphs, in order.
	Legend []Piece
	// AxisFrom and AxisTo are printed under the left and the right end of the
	// strips; where both are empty there is no axis.
	AxisFrom, AxisTo string
}

// Strip is a labelled line of pieces.
type Strip struct {
	Label  string
	Pieces []Piece
	// Note is printed at the right end.
	Note string
}

// Piece is a text of one tone.
type Piece struct {
	Text string
	Tone Tone
}
