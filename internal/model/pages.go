package model

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/views"
)

// showPage shows the page of a number key.
func (m *Model) showPage(key string) tea.Cmd {
	for _, p := range views.Pages() {
		if p.Key() == key {
			m.goTo(p)
		}
	}
	return nil
}

// turnPage shows the next page, or with shift the one before.
func (m *Model) turnPage(key string) tea.Cmd {
	pages := views.Pages()
	at, step := slices.Index(pages, m.frame.Page), 1
	if key == "shift+tab" {
		step = len(pages) - 1
	}
	m.goTo(pages[(at+step)%len(pages)])
	return nil
}

// goTo shows a page, from its beginning and without a detail over it.
func (m *Model) goTo(p views.Page) {
	if m.frame.Page != p {
		m.frame.First = 0
	}
	m.frame.Page, m.frame.Detail, m.frame.Maximised = p, false, false
}

// detail shows the selected sensor in full; on one already, the moment of the
// chosen line of why.
func (m *Model) detail(string) tea.Cmd {
	if m.frame.Detail {
		return m.showWhy()
	}
	if m.sensorsTotal() > 0 {
		m.frame.Detail, m.frame.Maximised = true, false
		m.frame.Why, m.frame.Back = 0, 0
	}
	return nil
}
