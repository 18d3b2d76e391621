package model

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/views"
	"resiltui/internal/views/page"
)

// pageKeys are the keys of the pages, one for each.
func pageKeys() []stroke {
	var out []stroke
	for i, p := range page.All() {
		out = append(out, on(strconv.Itoa(i+1), func(m *Model) tea.Cmd { m.goTo(p); return nil }))
	}
	return out
}

// pageName is the key and the title of a page.
func pageName(p views.Page) string {
	return strconv.Itoa(slices.Index(page.All(), p)+1) + " " + p.Title()
}

// pageOn and pageBack show the next and the previous page.
func pageOn(m *Model) tea.Cmd   { return m.turnPage(1) }
func pageBack(m *Model) tea.Cmd { return m.turnPage(-1) }

func (m *Model) turnPage(further int) tea.Cmd {
	pages := page.All()
	n := len(pages)
	m.goTo(pages[(slices.Index(pages, m.frame.Page)+n+further)%n])
	return nil
}

// goTo shows a page from its beginning, and closes the details of a sensor.
func (m *Model) goTo(p views.Page) {
	if m.frame.Page != p {
		m.frame.First = 0
	}
	m.frame.Page, m.frame.Detail, m.frame.Maximised = p, false, false
}

// detail shows the details of the selected sensor; where they are shown
// already, it freezes the screen at the chosen line of why.
func (m *Model) detail() tea.Cmd {
	if m.frame.Detail {
		return m.showWhy()
	}
	if m.sensorsTotal() > 0 {
		m.frame.Detail, m.frame.Maximised = true, false
		m.frame.Why, m.frame.Back = 0, 0
	}
	return nil
}
