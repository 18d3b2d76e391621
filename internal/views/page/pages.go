// Package page lists the pages of the dashboard. To add a page, write a package below this
// one and add a line in [All]; docs/extending.md shows it.
//
// It draws nothing itself. Pages define no keys; see internal/model/keytable.go. The key of
// a page is its place in the list. No other code names a page, except the guided tour and
// the choice of the page on which a scenario opens.
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
