package views

// Page is one of the screens that a number key shows.
type Page uint8

// The pages, in the order of their keys 1 to 6.
const (
	// PageOverview is every sensor with its score.
	PageOverview Page = iota
	// PageBreakers is one lane a circuit.
	PageBreakers
	// PageRetries is what the retries cost and saved.
	PageRetries
	// PageStrategies holds the three degradation strategies side by side.
	PageStrategies
	// PageCompare holds the pipeline with policies against the naive one.
	PageCompare
	// PageEvents is the log.
	PageEvents
)

// Pages are all pages, in the order of their keys.
func Pages() []Page {
	return []Page{PageOverview, PageBreakers, PageRetries, PageStrategies, PageCompare, PageEvents}
}

// String is the page's title, or "page" for a value that is none.
func (p Page) String() string {
	switch p {
	case PageOverview:
		return "Overview"
	case PageBreakers:
		return "Breakers"
	case PageRetries:
		return "Retries"
	case PageStrategies:
		return "Strategies"
	case PageCompare:
		return "Compare"
	case PageEvents:
		return "Events"
	default:
		return "page"
	}
}

// Key is the key that shows the page: "1" to "6".
func (p Page) Key() string { return string(rune('1' + p)) }

// planPage plans every page but the overview. Each has its own planner and its
// own drawing, in a file of its own.
func (l *Layout) planPage(f *Frame) {
	l.Kind = Paged
	switch l.Page {
	case PageBreakers:
		l.planBreakers(f)
	case PageRetries:
		l.planRetries(f)
	case PageStrategies:
		l.planStrategies(f)
	case PageCompare:
		l.planCompare(f)
	default:
		l.planEvents(f)
	}
}

// page draws a page that [Layout.planPage] or planDetail has planned.
func (s *Screen) page() {
	switch {
	case s.Layout.Detail:
		s.detail()
	case s.Layout.Page == PageBreakers:
		s.breakers()
	case s.Layout.Page == PageRetries:
		s.retries()
	case s.Layout.Page == PageStrategies:
		s.strategies()
	case s.Layout.Page == PageCompare:
		s.compare()
	default:
		s.log()
	}
}
