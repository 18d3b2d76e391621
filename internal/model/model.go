// Package model is the one Bubble Tea model of the dashboard: it keeps what is selected
// and which dialogs are open, executes the keys, and decides when to draw a frame.
//
// The keys are the rows of keytable.go, which is the one file to edit to add or change a
// key; what a key may need, for example a page with a table, is in keyreasons.go. The
// model reads a run through a subscription to its hub and snapshots of package stats, and
// changes it through commands. It draws nothing: the drawing is in views, and each dialog
// has a package of its own below dialog. Update does no I/O and never blocks; the only
// goroutines are Bubble Tea's Cmds.
package model

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog"
	"resiltui/internal/model/dialog/verdict"
	"resiltui/internal/model/eventlist"
	"resiltui/internal/model/timetravel"
	"resiltui/internal/model/tour"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page"
)

// Engine is the part of an engine.Session that the model uses.
type Engine interface {
	// Do executes a command as soon as possible; it never blocks.
	Do(event.Command)
	// Now is the time of the run, which also advances between events.
	Now() time.Duration
	// Window returns the newest batches, to be simulated again; WindowAt returns those
	// around a time of the run.
	Window(batches int) (*engine.Window, error)
	WindowAt(at time.Duration, before, after int) (*engine.Window, error)
}

// Options of a model. Context, Hub, Aggregator and Engine must be set.
type Options struct {
	// Context ends all waiting of the model; cancel it when the program has ended.
	Context    context.Context
	Hub        *event.Hub
	Aggregator *stats.Aggregator
	Engine     Engine
	// History holds the past to which the screen can go back; nil is none.
	History *history.History
	// Look is the user's choice of theme and glyphs.
	Look draw.Options
	// Light says that the terminal's background is light; the terminal's own answer
	// replaces it.
	Light bool
	// FPS is the maximum number of frames per second; 0 is 30.
	FPS int
	// ShowKeys shows a caption for each pressed key, for an audience.
	ShowKeys bool
	// Locked disables the fault keys until the user unlocks them; it is for real
	// endpoints.
	Locked bool
	// NoMouse leaves the mouse to the terminal.
	NoMouse bool
	// Scenarios are the runs that the user can choose; empty is no choice.
	Scenarios []Scenario
	// Tour is the mode of the tour. The tour needs the pipeline with its default seed.
	Tour tour.Mode
	// Stand ranks a simulated run among runs with other seeds. A Cmd calls it; it may
	// take long, and ends with its context. Nil is no ranking.
	Stand func(ctx context.Context, run *event.Run) (stats.Standing, error)
	// WriteFiles writes new files with one base name, all or none, and returns their
	// final names; it never replaces a file. A Cmd calls it. Nil writes to the working
	// directory.
	WriteFiles func(name string, files []File) (written []string, err error)
}

// Model is the dashboard. Make it with New and pass it to tea.NewProgram.
type Model struct {
	opts Options
	feed *feed
	keys keyTable
	look *draw.Look
	dark bool

	frame  views.Frame // what is drawn; kept up to date by Update
	layout views.Layout
	// screen is the surface on which every frame is drawn.
	screen *views.Screen
	// width and height are the terminal's; those of the frame are smaller while a tour is
	// shown.
	width, height int

	locked    bool
	targetAll bool
	showKeys  bool
	mouse     bool
	dialogs   []dialog.Dialog
	requested requested
	// touched is the last run that keys have changed.
	touched *event.Run
	// ranked is the newest run for which a ranking was requested.
	ranked *event.Run
	past   timetravel.Past
	// endedBehind says that the run has ended while the screen was frozen.
	endedBehind bool
	popup       verdict.Popup
	// verdictTimer is the number of the newest verdict's timer. onFaults is true while a
	// key opens the tuning panel for the faults of a verdict.
	verdictTimer int
	onFaults     bool
	log          eventlist.List
	// filter is the text that sensors must match to be shown; sorts is the sort order of
	// each page's table; toTop scrolls to the beginning of the next order.
	filter string
	sorts  map[views.Page]views.Sort
	toTop  bool
	// ordered says by what the sensors on the screen are ordered.
	ordered ordering
	tour    *tour.Tour // nil without a tour
	// faults are the last choices for each kind of fault.
	faults map[fault.Number]fault.Fault

	caption    timed
	notice     timed
	untilBatch bool              // the notice disappears with the next batch
	flashes    map[int]time.Time // sensors that flash after a change of state, and until when
	keptView   string            // the last screen, to be left in the terminal's scrollback

	quitting bool
}

// New returns the model of a dashboard.
func New(opts Options) *Model {
	if opts.FPS <= 0 {
		opts.FPS = 30
	}
	if opts.Look.Theme == "" {
		opts.Look.Theme = draw.ThemeAuto // so that the zero value is one of the themes that a key steps through
	}
	m := &Model{
		opts: opts, dark: !opts.Light, keys: newKeyTable(),
		sorts:  map[views.Page]views.Sort{},
		locked: opts.Locked, showKeys: opts.ShowKeys, mouse: !opts.NoMouse,
		flashes: map[int]time.Time{}, faults: map[fault.Number]fault.Fault{},
	}
	if opts.WriteFiles == nil {
		m.opts.WriteFiles = writeNew
	}
	m.frame.InFull, m.frame.Tabs = page.InFull(), page.Tabs()
	m.tour = tour.New(opts.Tour)
	m.past = timetravel.New(opts.History)
	m.look = draw.NewLook(opts.Look, m.dark)
	m.screen = views.NewScreen(m.look)
	m.feed = newFeed(opts)
	m.frame.Snap = m.feed.snapshot(stats.Query{Columns: 1, Lines: 1})
	m.begin(scenarioOf(m.frame.Snap.Run))
	m.plan()
	return m
}

// Init asks for the background colour and for the first frame.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, m.feed.wait(true, time.Time{}), m.tour.Tick())
}

// Update handles one message. It never blocks.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case frameMsg:
		cmd = m.takeFrame(msg)
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		m.dark = msg.IsDark()
		m.look = draw.NewLook(m.opts.Look, m.dark)
	case tea.KeyPressMsg:
		cmd = m.typed(msg)
	case tea.MouseClickMsg:
		cmd = m.clicked(msg)
	case tea.MouseWheelMsg:
		cmd = m.wheel(msg)
	case tea.PasteMsg:
		cmd = m.pasted(msg)
	case timetravel.Moment:
		cmd = m.takePast(msg)
	case eventlist.Found:
		cmd = m.sayIfAny(m.log.Take(msg))
	case dialog.Answer:
		cmd = msg.Take(m.dialogView(), host{m})
	case standingMsg:
		m.takeStanding(msg)
	case exportedMsg:
		cmd = m.takeExported(msg)
	case tour.TickMsg:
		cmd = m.ticked(msg)
	case expiredMsg:
		m.expire(msg)
	case Notice:
		cmd = m.say(string(msg))
	case LogFault:
		m.frame.LogMark = msg.Mark
		cmd = m.say(msg.Line)
	}
	m.plan()
	if again := m.past.Relook(m.wanted()); again != nil {
		cmd = tea.Batch(cmd, again)
	}
	if more := m.seek(); more != nil {
		cmd = tea.Batch(cmd, more)
	}
	return m, cmd
}

// takeFrame handles new data.
func (m *Model) takeFrame(msg frameMsg) tea.Cmd {
	m.tour.See(msg.events)
	return tea.Batch(m.rank(msg.snap.Run), m.showFrame(msg))
}

// showFrame shows new data, and waits for more.
func (m *Model) showFrame(msg frameMsg) tea.Cmd {
	if m.past.Frozen {
		// On a frozen screen new data is not shown; it is in the history. But after a
		// restart the frozen past does not exist any more.
		if old := m.frame.Snap.Run; old == nil || old == msg.snap.Run {
			m.endedBehind = msg.snap.Ended
			return m.feed.wait(false, time.Time{})
		}
		m.thaw()
	}
	if name := scenarioOf(msg.snap.Run); name != scenarioOf(m.frame.Snap.Run) {
		m.begin(name)
	}
	m.frame.Snap, m.frame.Now = msg.snap, msg.now
	m.frame.Dropped += msg.lost
	m.takeOrder(msg.order)
	m.log.Grow(&msg.snap)
	for i := range msg.events {
		switch e := &msg.events[i]; e.Kind {
		case event.StateChanged:
			m.flash(e.Sensor, msg.taken)
		case event.BatchStarted, event.RunStarted:
			if m.untilBatch {
				m.notice.text = "" // what the notice announced has happened
			}
		}
	}
	wait := m.feed.wait(runs(&msg.snap), m.calm(msg.taken))
	return tea.Batch(wait, m.noticeVerdict(&msg.snap))
}

// runs says whether time passes, so that gauges move between events. A pause stops
// simulated time, but in a real run it only stops the reads.
func runs(s *stats.Snapshot) bool {
	return s.Run != nil && !s.Ended && (!s.Paused || !s.Run.Virtual)
}

// plan updates the frame from the model, and sets what the next snapshot must hold.
func (m *Model) plan() {
	f := &m.frame
	f.Width, f.Height = m.width, m.height-m.guideHeight()
	f.TargetAll, f.Locked = m.targetAll, m.locked
	f.Notice, f.Caption = m.notice.text, m.caption.text
	f.Guided, f.Luck = m.touring(), m.LuckOf(m.ranked)
	f.Footer, f.Prompt = m.footer(), m.promptView()
	f.Status, f.Frozen = m.headerStatus(), m.past.Frozen
	f.Flash = nil
	if len(m.flashes) > 0 {
		f.Flash = make(map[int]bool, len(m.flashes))
		for i := range m.flashes {
			f.Flash[i] = true
		}
	}
	f.Sort, f.Filter, f.Log.Only = m.ordering().sort, m.filter, m.onlyName()
	if f.Order != nil && m.ordering().plain() {
		f.Order, f.Above = nil, 0
	}
	m.layout = views.PlanFrame(*f)
	f.First, f.Selected = m.layout.First, m.layout.Selected
	m.planLog()
	if m.feed.orders.ask(&screenRequest{frame: *f, by: m.ordering()}) {
		m.feed.rush()
	}
	m.feed.want(m.query())
}

// query is what the next snapshot must hold, for the page and for the dialogs on top of
// it.
func (m *Model) query() stats.Query {
	q := m.layout.Query()
	m.askDialogs(&q)
	return q
}

// headerStatus is the state of the screen itself, for the header.
func (m *Model) headerStatus() []string {
	var out []string
	if m.past.Frozen {
		out = append(out, m.past.Status(m.frame.Snap.Run))
	}
	if m.filter != "" {
		out = append(out, "FILTER "+m.filter+", "+m.filterCount())
	}
	if m.frame.Snap.Differs {
		out = append(out, "SETTINGS DIFFER (T)")
	}
	if m.locked && !m.real() { // there they usually are, and the footer says so
		out = append(out, "FAULT KEYS LOCKED (!)")
	}
	return out
}

// View draws the screen.
func (m *Model) View() tea.View {
	s := m.screen
	s.Look = m.look
	s.Reset(m.width, m.height)
	s.Draw(&m.frame, m.layout)
	m.lay(m.popup.Draw(m.dialogView()))
	m.drawDialogs()
	m.drawGuide()
	v := tea.NewView(s.String())
	v.AltScreen = true
	v.WindowTitle = m.title()
	if m.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

func (m *Model) title() string {
	if m.frame.Snap.Run == nil {
		return "resiltui"
	}
	return "resiltui " + m.frame.Snap.Run.Scenario
}

// LastScreen is the screen to leave in the terminal, empty unless the user asked for it.
func (m *Model) LastScreen() string { return m.keptView }

// Look is the present look, for text that is printed after the program.
func (m *Model) Look() *draw.Look { return m.look }

// Dropped is how many events were lost because the screen was too slow.
func (m *Model) Dropped() uint64 { return m.frame.Dropped }
