// Package page lists the pages of the dashboard: a page is a package below this one,
// and a line in [All]. Nothing else names a page, but for what is about one: the tour,
// and the page that a scenario opens on.
package page

import (
	"resiltui/internal/views"
	"resiltui/internal/views/page/breakers"
	"resiltui/internal/views/page/compare"
	"resiltui/internal/views/page/detail"
	"resiltui/internal/views/page/events"
	"resiltui/internal/views/page/overview"
	"resiltui/internal/views/page/retries"
	"resiltui/internal/views/page/strategies"
)

// All are all pages, in the order of their keys.
func All() []views.Page {
	return []views.Page{overview.Page{}, breakers.Page{}, retries.Page{}, strategies.Page{}, compare.Page{}, events.Page{}}
}

// InFull is the page that shows one sensor in full. It has no tab.
func InFull() views.Page { return detail.Page{} }

// Tabs are their names as the header has them.
func Tabs() []views.Tab {
	pages := All()
	tabs := make([]views.Tab, len(pages))
	for i, p := range pages {
		tabs[i] = views.TabOf(p)
	}
	return tabs
}
