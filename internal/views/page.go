package views

import "resiltui/internal/stats"

// Page is one of the screens that a number key shows, or the detail of a sensor.
// It keeps nothing between two frames, and can be compared with ==: pages are
// empty structs.
//
// A page is a package of its own below page; the list in package page is the only
// place that names them all. It has no keys of its own: it says what it can do
// ([Sortable], [Listing]), and the table of keys asks for that.
type Page interface {
	// Title is the name in the tabs. The key of the page is its number in the list.
	Title() string
	// Layout plans where everything is between header and footer, what can be clicked
	// and which statistics are needed (Layout.Want), and returns the body that draws it. It is called for every frame, and only where there is room for
	// more than one line.
	Layout(f *Frame, l *Layout) Body
}

// Body draws a page that was laid out. Each page has its own type for it.
type Body interface {
	// Draw draws the lines between header and footer: with s.Pen one below the
	// other, or into the rectangles of the layout.
	Draw(s *Screen)
}

// Sortable is a Page with a table of sensors that can be put in order.
type Sortable interface {
	// Columns are what the table can be ordered by.
	Columns() []SensorColumn
	// ColumnsWant is what the columns' keys need in a snapshot that is not in every
	// snapshot.
	ColumnsWant() stats.Query
}

// Listing is a Page that has a list of events with a cursor instead of sensors. It is shown
// even where there are no sensors. Its Layout sets List.
type Listing interface {
	// Lists is true where the page has the list.
	Lists() bool
}

// Counting is a Page whose tab shows how many circuits are open.
type Counting interface {
	// CountsOpen is true where the tab does.
	CountsOpen() bool
}

// TabOf returns the tab of a page on the second line.
func TabOf(p Page) Tab {
	c, ok := p.(Counting)
	return Tab{Title: p.Title(), Open: ok && c.CountsOpen()}
}

// Lists is true for a page that has a list of events instead of sensors.
func Lists(p Page) bool {
	l, ok := p.(Listing)
	return ok && l.Lists()
}

// ColumnsOf are the columns that a page's table can be ordered by, nil where it
// has none.
func ColumnsOf(p Page) []SensorColumn {
	if s, ok := p.(Sortable); ok {
		return s.Columns()
	}
	return nil
}

// Tab is a page's name on the second line. Its key is its place, from "1" on.
type Tab struct {
	Title string
	// Open adds the number of open circuits after the name.
	Open bool
}

// OnlyEvents gives all the room to the events: there is no sensor to show.
func (l *Layout) OnlyEvents() Body {
	l.Rest(l.Header, false)
	return onlyEvents{}
}

// onlyEvents is the body of every page where there is no sensor to show.
type onlyEvents struct{}

// Draw draws the events.
func (onlyEvents) Draw(s *Screen) { s.EventsBelow() }
