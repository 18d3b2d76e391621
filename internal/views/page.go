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
	// Title stands in the tabs; the key is its place in the list.
	Title() string
	// Layout says where everything stands between header and footer, what can be
	// clicked and what of the statistics is needed (Layout.Want), and returns what
	// draws it. It is called for every frame, and only where there is room for
	// more than one line.
	Layout(f *Frame, l *Layout) Body
}

// Body is a page as it was laid out. Its type is the page's own plan.
type Body interface {
	// Draw draws the lines between header and footer: with s.Pen one below the
	// other, or into the rectangles of the layout.
	Draw(s *Screen)
}

// Sortable is a Page with a table of sensors that can be put in order.
type Sortable interface {
	// Columns are what the table can be ordered by.
	Columns() []SensorColumn
	// ColumnsWant is what a snapshot must hold for the columns' keys, beside what
	// every snapshot does.
	ColumnsWant() stats.Query
}

// Listing is a Page that has a list of events with a cursor in place of sensors.
// It is shown where there are no sensors too. Its Layout sets List.
type Listing interface {
	// Lists is true where the list is there.
	Lists() bool
}

// Counting is a Page whose tab tells how many circuits are open.
type Counting interface {
	// CountsOpen is true where the tab does.
	CountsOpen() bool
}

// TabOf is how a page stands on the second line.
func TabOf(p Page) Tab {
	c, ok := p.(Counting)
	return Tab{Title: p.Title(), Open: ok && c.CountsOpen()}
}

// Lists is true for a page that has a list of events in place of sensors.
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
	// Open has the number of open circuits behind the name.
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
