package model

import (
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/page"
)

// What a page can do. The keys and the rest of the model ask for this and name no
// page, so that a page is added without them.

// columns are the titles of what a page's table can be ordered by, the order of
// the run the first; empty where the page has no table.
func columns(p views.Page) []string { return views.SortColumns(p) }

// lists is true for a page that has a list of events with a cursor.
func lists(p views.Page) bool { return views.Lists(p) }

// orderQuery is what a snapshot must hold for the page's table to be put in order.
func orderQuery(p views.Page) stats.Query {
	if s, ok := p.(views.Sortable); ok {
		return s.ColumnsWant()
	}
	return stats.Query{}
}

// mainPage is where one goes that is about nothing in particular, listPage where
// events can be gone through.
func mainPage() views.Page { return page.All()[0] }

func listPage() views.Page {
	for _, p := range page.All() {
		if lists(p) {
			return p
		}
	}
	return mainPage()
}

// onTable is true where there is a table to be put in order.
func (m *Model) onTable() bool { return !m.frame.Detail && len(columns(m.frame.Page)) > 0 }

// onLog is true where the log has the screen.
func (m *Model) onLog() bool { return !m.frame.Detail && lists(m.frame.Page) }
