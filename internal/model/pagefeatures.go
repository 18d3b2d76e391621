package model

import (
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/page"
)

// Features of pages. The keys and the rest of the model ask for a feature and
// never name a page, so that adding a page changes nothing here.

// columns are the titles of the columns by which a page's table can be sorted,
// first the order of the run; empty for a page without a table in this run.
func (m *Model) columns(p views.Page) []string {
	if ranks, always := views.Ranks(p, m.frame.Snap.Run); !ranks && !always {
		return nil
	}
	return views.SortColumns(p)
}

// lists says whether a page has a list of events with a cursor.
func lists(p views.Page) bool { return views.Lists(p) }

// orderQuery is what a snapshot must hold to sort the page's table.
func orderQuery(p views.Page) stats.Query {
	if s, ok := p.(views.Sortable); ok {
		return s.ColumnsWant()
	}
	return stats.Query{}
}

// mainPage is the default page; listPage is the page with the list of events.
func mainPage() views.Page { return page.All()[0] }

func listPage() views.Page {
	for _, p := range page.All() {
		if lists(p) {
			return p
		}
	}
	return mainPage()
}

// onTable says whether the screen shows a table that can be sorted.
func (m *Model) onTable() bool { return !m.frame.Detail && len(m.columns(m.frame.Page)) > 0 }

// onLog says whether the screen shows the list of events.
func (m *Model) onLog() bool { return !m.frame.Detail && lists(m.frame.Page) }
