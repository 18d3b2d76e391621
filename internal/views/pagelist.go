package views

// AllPages are all pages, in the order of their keys.
func AllPages() []Page {
	return []Page{OverviewPage{}, BreakersPage{}, RetriesPage{}, StrategiesPage{}, ComparePage{}, EventsPage{}}
}

// AllTabs are their names as the header has them.
func AllTabs() []Tab {
	pages := AllPages()
	tabs := make([]Tab, len(pages))
	for i, p := range pages {
		tabs[i] = TabOf(p)
	}
	return tabs
}
