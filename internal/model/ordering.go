package model

import (
	"slices"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog"
	"resiltui/internal/model/dialog/prompt"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/words"
)

// orderEvery is how often sensors are put in order anew. More often, rows would
// move away under the eyes.
const orderEvery = time.Second

// ordering is what sensors are put in order by. The zero value is all of them in
// the order of the run.
type ordering struct {
	page   views.Page
	sort   views.Sort
	filter string
}

// orders puts sensors in order for the screen. Reading a thousand sensors takes
// too long for Update, so it belongs to the Cmd that waits for the next frame:
// only that calls next.
type orders struct {
	// screen is what the next frame is for: Update writes it, the Cmd reads it.
	screen atomic.Pointer[screenRequest]

	last  ordering
	run   *event.Run
	at    time.Time
	order []int
}

// screenRequest is what is on the screen, and what orders it.
type screenRequest struct {
	frame views.Frame
	by    ordering
}

// ask sets what the next frame is for. other is true where it is to be in another order,
// for which it must come at once: a key's frame may have been taken before the key was
// carried out, and on a run that is paused no other comes.
func (o *orders) ask(r *screenRequest) (other bool) {
	old := o.screen.Swap(r)
	return old != nil && old.by != r.by
}

// ordered is an order and what it came of.
type ordered struct {
	by    ordering
	run   *event.Run
	order []int
}

// next returns the order that is due, and what a snapshot for it must hold. read
// takes a snapshot.
func (o *orders) next(q stats.Query, read func(stats.Query) stats.Snapshot) (ordered, stats.Query) {
	want := o.screen.Load()
	if want == nil {
		return ordered{}, q
	}
	if want.by.plain() {
		o.last, o.run, o.order = want.by, nil, nil
	} else if now := time.Now(); o.last != want.by || o.run == nil || o.run != want.frame.Snap.Run || now.Sub(o.at) >= orderEvery {
		all := read(orderQuery(want.by.page))
		o.last, o.run, o.at = want.by, all.Run, now
		o.order = views.Order(all.Sensors, want.by.page, want.by.sort, want.by.filter)
	}
	if !slices.Equal(o.order, want.frame.Order) {
		// The layout that the new order leads to, so that no row is blank for
		// the frame in which it comes.
		frame := want.frame
		frame.Order = o.order
		if q.Sensors != nil {
			q.Sensors = views.PlanFrame(frame).Query().Sensors
		}
	}
	return ordered{o.last, o.run, o.order}, q
}

// plain is true where there is nothing to put in order.
func (o ordering) plain() bool {
	return o.filter == "" && (o.sort == views.Sort{} || len(columns(o.page)) == 0)
}

// Of puts the sensors of a snapshot in order, as read takes it; nil is the order of
// the run.
func (o ordering) Of(read func(stats.Query) stats.Snapshot) []int {
	if o.plain() {
		return nil
	}
	return views.Order(read(orderQuery(o.page)).Sensors, o.page, o.sort, o.filter)
}

// ordering is what the sensors on the screen are put in order by now.
func (m *Model) ordering() ordering {
	o := ordering{page: m.frame.Page, filter: m.filter}
	if len(columns(o.page)) > 0 {
		o.sort = m.sorts[o.page]
	}
	return o
}

// takeOrder shows an order, unless it is none for what is on the screen now.
func (m *Model) takeOrder(o ordered) {
	if o.by != m.ordering() {
		return
	}
	m.ordered = o.by
	f := &m.frame
	if m.holds() && o.run == f.Snap.Run && o.order != nil && !slices.Contains(o.order, f.Selected) {
		return // the selected sensor no longer matches, but what is open is about it
	}
	toTop := m.toTop
	m.toTop = false
	if f.Order = o.order; o.run != f.Snap.Run {
		f.Order = nil // started anew meanwhile, perhaps with other sensors
		return
	}
	if toTop && f.Order != nil && len(m.layout.Visible) < len(f.Order) {
		// Asked for another order where not all fit: its beginning is what is
		// wanted.
		f.First, f.Selected = 0, f.Order[0]
	}
}

// settle puts the sensors in the order that was asked for, where the next frame
// has not brought it yet, so that a key that follows at once acts on what it was
// meant for.
func (m *Model) settle() {
	by := m.ordering()
	if by.plain() || m.past.Frozen || m.ordered == by && m.frame.Order != nil {
		return
	}
	all := m.feed.snapshot(orderQuery(by.page))
	m.takeOrder(ordered{by, m.frame.Snap.Run, views.Order(all.Sensors, by.page, by.sort, by.filter)})
	m.plan()
}

// noneShown is true where the filter matches no sensor.
func (m *Model) noneShown() bool {
	return m.filter != "" && m.frame.Order != nil && len(m.frame.Order) == 0
}

// holds is true while what is open is about the selected sensor.
func (m *Model) holds() bool {
	top := m.top()
	if _, typing := top.(dialog.Footing); typing {
		return false
	}
	return top != nil || m.frame.Detail
}

// sortOn orders the page's table by the next column, sortBack by the one before.
func sortOn(m *Model) tea.Cmd   { return m.sortBy(1) }
func sortBack(m *Model) tea.Cmd { return m.sortBy(-1) }

// sortBy orders the page's table by a column so many further.
func (m *Model) sortBy(further int) tea.Cmd {
	p := m.frame.Page
	n := len(columns(p))
	m.setSort(views.Sort{Column: (m.sorts[p].Column + n + further) % n, Inverted: m.sorts[p].Inverted})
	return nil
}

// invert turns the order of the page's table round.
func invert(m *Model) tea.Cmd {
	s := m.sorts[m.frame.Page]
	s.Inverted = !s.Inverted
	m.setSort(s)
	return nil
}

func (m *Model) setSort(s views.Sort) {
	m.sorts[m.frame.Page] = s
	m.toTop = true
}

// filterSensors asks which sensors to show, and shows them while one types.
func filterSensors(m *Model) tea.Cmd {
	m.open(prompt.New(prompt.Options{
		Label: "filter", Text: m.filter,
		Note: func(text string) string {
			if text == "" {
				return "id, name or state; esc: all"
			}
			return m.filterCount()
		},
		Changed: m.setFilter,
		Left:    func() { m.setFilter("") },
	}))
	return nil
}

func (m *Model) setFilter(text string) {
	m.filter = words.Clean(text, prompt.Most)
	if (ordering{page: m.frame.Page, filter: text}).plain() && m.ordering().plain() {
		m.frame.Order = nil
	}
}

// filterCount is how many sensors the filter leaves.
func (m *Model) filterCount() string {
	if m.frame.Order == nil {
		return counted(m.sensorsTotal(), m.sensorsTotal())
	}
	return counted(len(m.frame.Order), m.sensorsTotal())
}
