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

// orderEvery is how often the rows are sorted again. If it were shorter, rows would move
// while the user reads them.
const orderEvery = time.Second

// ordering is what determines the order of sensors. The zero value is all sensors in the
// order of the run.
type ordering struct {
	page   views.Page
	sort   views.Sort
	filter string
	// ranks says that those come first that need attention.
	ranks bool
}

// orders sorts the sensors for the screen. Reading a thousand sensors takes too long for
// Update, so this is done in the Cmd that waits for the next frame: only this Cmd calls
// next.
type orders struct {
	// screen is the request for the next frame: Update writes it, the Cmd reads it.
	screen atomic.Pointer[screenRequest]

	last  ordering
	run   *event.Run
	at    time.Time
	order []int
	above int // of order, those that need attention
}

// screenRequest is the frame on the screen, and the ordering that it needs.
type screenRequest struct {
	frame views.Frame
	by    ordering
}

// ask sets the request for the next frame. other says that the ordering differs from the
// last one; then a frame must come at once. The frame after a key may have been taken
// before the key was handled, and a paused run sends no other frame.
func (o *orders) ask(r *screenRequest) (other bool) {
	old := o.screen.Swap(r)
	return old != nil && old.by != r.by
}

// ordered is an order of sensors, and the ordering and run that it belongs to.
type ordered struct {
	by    ordering
	run   *event.Run
	order []int
	above int
}

// next returns the present order, and what a snapshot for it must hold. read takes a
// snapshot.
func (o *orders) next(q stats.Query, read func(stats.Query) stats.Snapshot) (ordered, stats.Query) {
	want := o.screen.Load()
	if want == nil {
		return ordered{}, q
	}
	if want.by.plain() {
		o.last, o.run, o.order, o.above = want.by, nil, nil, 0
	} else if now := time.Now(); o.last != want.by || o.run == nil || o.run != want.frame.Snap.Run || now.Sub(o.at) >= orderEvery {
		all := read(orderQuery(want.by.page))
		o.last, o.run, o.at = want.by, all.Run, now
		held := event.NoSensor
		if at := slices.Index(o.order, want.frame.Selected); at >= 0 && at < o.above {
			held = want.frame.Selected
		}
		o.order, o.above = want.by.arrange(&all, held)
	}
	if !slices.Equal(o.order, want.frame.Order) {
		// Plan the layout for the new order already, so that no row is blank in the
		// first frame with it.
		frame := want.frame
		frame.Order, frame.Above = o.order, o.above
		if q.Sensors != nil {
			q.Sensors = views.PlanFrame(frame).Query().Sensors
		}
	}
	return ordered{o.last, o.run, o.order, o.above}, q
}

// plain says that nothing needs sorting or filtering.
func (o ordering) plain() bool {
	return o.filter == "" && o.sort == views.Sort{} && !o.ranks
}

// Of returns the order of the sensors in a snapshot that read takes, and how many need
// attention; nil is the order of the run.
func (o ordering) Of(read func(stats.Query) stats.Snapshot) (order []int, above int) {
	if o.plain() {
		return nil, 0
	}
	all := read(orderQuery(o.page))
	return o.arrange(&all, event.NoSensor)
}

// arrange puts all sensors of a snapshot in order, and says how many need attention. The
// sensor held keeps its place among these.
func (o ordering) arrange(all *stats.Snapshot, held int) (order []int, above int) {
	order = views.Order(all.Sensors, o.page, o.sort, o.filter)
	if o.ranks && o.sort == (views.Sort{}) {
		return views.AttentionFirst(all.Sensors, order, held)
	}
	return order, 0
}

// ordering is the ordering that the screen needs now.
func (m *Model) ordering() ordering {
	o := ordering{page: m.frame.Page, filter: m.filter}
	if len(m.columns(o.page)) > 0 {
		o.sort = m.sorts[o.page]
	}
	o.ranks, _ = views.Ranks(o.page, m.frame.Snap.Run)
	return o
}

// takeOrder uses an order, unless it does not fit to the screen any more.
func (m *Model) takeOrder(o ordered) {
	if o.by != m.ordering() {
		return
	}
	m.ordered = o.by
	f := &m.frame
	if m.holds() && o.run == f.Snap.Run && o.order != nil && !slices.Contains(o.order, f.Selected) {
		return // an open dialog still needs the selected sensor, which the filter hides
	}
	toTop := m.toTop
	m.toTop = false
	if f.Order, f.Above = o.order, o.above; o.run != f.Snap.Run {
		f.Order, f.Above = nil, 0 // the run was restarted meanwhile, perhaps with other sensors
		return
	}
	if toTop && f.Order != nil && len(m.layout.Visible) < len(f.Order) {
		// The user has asked for another order, and not all rows fit: show its
		// beginning.
		f.First, f.Selected = 0, f.Order[0]
	}
}

// settle sorts the sensors at once where the next frame has not done so yet. So a key
// pressed right after a change of the order acts on the right sensor.
func (m *Model) settle() {
	by := m.ordering()
	if by.plain() || m.past.Frozen || m.ordered == by && m.frame.Order != nil {
		return
	}
	all := m.feed.snapshot(orderQuery(by.page))
	order, above := by.arrange(&all, event.NoSensor)
	m.takeOrder(ordered{by, m.frame.Snap.Run, order, above})
	m.plan()
}

// noneShown says whether the filter matches no sensor.
func (m *Model) noneShown() bool {
	return m.filter != "" && m.frame.Order != nil && len(m.frame.Order) == 0
}

// holds says whether an open dialog needs the selected sensor.
func (m *Model) holds() bool {
	top := m.top()
	if _, typing := top.(dialog.Footing); typing {
		return false
	}
	return top != nil || m.frame.Detail
}

// sortOn sorts the page's table by the next column, sortBack by the previous one.
func sortOn(m *Model) tea.Cmd   { return m.sortBy(1) }
func sortBack(m *Model) tea.Cmd { return m.sortBy(-1) }

// sortBy sorts the page's table by the column that many places further.
func (m *Model) sortBy(further int) tea.Cmd {
	p := m.frame.Page
	n := len(m.columns(p))
	m.setSort(views.Sort{Column: (m.sorts[p].Column + n + further) % n, Inverted: m.sorts[p].Inverted})
	return nil
}

// invert reverses the order of the page's table.
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

// filterSensors asks for a filter, and applies it while the user types.
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

// filterCount says how many sensors match the filter.
func (m *Model) filterCount() string {
	if m.frame.Order == nil {
		return counted(m.sensorsTotal(), m.sensorsTotal())
	}
	return counted(len(m.frame.Order), m.sensorsTotal())
}
