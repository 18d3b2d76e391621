package model

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/views"
)

// action is one row of the key map: the keys, what they are called, and what
// they do. Help, footer and Update all read this one table, so help shows what
// is there and nothing else.
type action struct {
	key.Binding
	// word is what the footer says; empty keeps the action out of it.
	word string
	// fault marks keys that inject faults, which can be locked.
	fault bool
	// roomy keeps it out of the footer of a narrow screen.
	roomy bool
	// simulated marks keys that act on simulated time, and do not exist where
	// time is real.
	simulated bool
	// going marks keys that need a run that has not ended.
	going bool
	// past marks those of them that mean something on a frozen screen. The others
	// would act on a run that nobody sees.
	past bool
	// touring marks keys that exist on a tour only.
	touring bool
	// target marks keys that act on the selected sensor, or on all that are shown.
	target bool
	// always marks keys of the screen itself, which work whatever lies over it.
	always bool
	// when says where the key has this meaning; nil is everywhere. Two actions
	// may share a key where no two of them have a meaning at once.
	when func(m *Model) bool
	// do carries it out. It gets the key as typed.
	do func(m *Model, key string) tea.Cmd
}

// group is a heading of the help with its actions.
type group struct {
	title   string
	actions []*action
}

// keyMap is all keys of the dashboard, in the order of the help.
type keyMap struct {
	groups []group
	// footer are the actions of the footer, the most important first.
	footer []*action
	// again starts the run anew; it leads the footer when the run has ended.
	again *action
}

func bind(shown, help string, do func(*Model, string) tea.Cmd, keys ...string) *action {
	return &action{Binding: key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, help)), do: do}
}

func (a *action) named(word string) *action { a.word = word; return a }
func (a *action) withRoom() *action         { a.roomy = true; return a }
func (a *action) onSimulated() *action      { a.simulated = true; return a }
func (a *action) asFault() *action          { a.fault = true; return a.onTarget().whileGoing() }
func (a *action) onTarget() *action         { a.target = true; return a }
func (a *action) onTour() *action           { a.touring = true; return a.where((*Model).touring).anywhere() }
func (a *action) anywhere() *action         { a.always = true; return a }
func (a *action) where(when func(*Model) bool) *action {
	a.when = when
	return a
}
func (a *action) whileGoing() *action { a.going = true; return a }
func (a *action) onPast() *action     { a.past = true; return a }

func newKeyMap() keyMap {
	crash := bind("c", "crash: connections are refused at once", injectKey, "c").named("crash").asFault()
	slow := bind("s", "slow: every attempt takes 150 ms longer", injectKey, "s").named("slow").asFault().withRoom()
	errors := bind("e", "errors: half of the attempts fail", injectKey, "e").named("errors").asFault().withRoom()
	hole := bind("b", "black hole: attempts never get an answer", injectKey, "b").named("black hole").asFault()
	flap := bind("p", "flap: down for 3 s, up for 3 s", injectKey, "p").named("flap").asFault()
	corrupt := bind("x", "corrupt: wrong values, no error", injectKey, "x").named("corrupt").asFault()
	stuck := bind("i", "stuck: the value no longer moves", injectKey, "i").named("stuck").asFault()
	palette := bind("f", "all faults, with their parameters and time to live", (*Model).openPalette, "f").named("faults").onTarget().whileGoing()
	mend := bind("r", "recover the target: end its faults", commandKey, "r").named("recover").onTarget().whileGoing()
	mendAll := bind("R", "recover everything", commandKey, "R").named("recover all").whileGoing()
	all := bind("*", "keys act on all sensors, and back", (*Model).toggleAll, "*").named("all")
	lock := bind("!", "lock or unlock the fault keys", (*Model).toggleLock, "!").named("unlock")
	force := bind("o", "force the breaker open, again to release it", commandKey, "o").named("force open").onTarget().whileGoing()
	tune := bind("t", "tune the policy, and see what it would have done", (*Model).openTuning, "t").named("tune").onTarget().whileGoing()
	untune := bind("T", "put the settings back to the scenario's", (*Model).untune, "T").named("undo tuning").whileGoing()
	reset := bind("u", "reset the breaker to CLOSED", commandKey, "u").named("reset").onTarget().whileGoing()

	pause := bind("space", "pause or go on", commandKey, "space").named("pause").whileGoing()
	step := bind(".", "pause and run one batch", commandKey, ".").named("step").onSimulated().whileGoing()
	next := bind("n", "run on to the next change of state and pause", commandKey, "n").named("next").onSimulated().whileGoing().where(func(m *Model) bool { return m.isLive() && !m.searching() })
	freeze := bind("z", "freeze the screen, the run goes on; again: live", (*Model).toggleFreeze, "z").named("freeze")
	back := bind("[ ]", "a batch back, forth; [ on a live screen freezes it", (*Model).scrub, "[", "]").named("back")
	backTen := bind("{ }", "ten seconds back, forth", (*Model).scrub, "{", "}").named("10 s back")
	changes := bind("n N", "frozen: to the next, previous change of state", (*Model).scrub, "n", "N").named("next").where(func(m *Model) bool { return m.frozen() && !m.searching() })
	verdict := bind("v", "the last verdict again", (*Model).lastVerdict, "v").named("verdict")
	faster := bind("+ =", "faster, up to 64x", (*Model).pace, "+", "=").onSimulated().whileGoing()
	slower := bind("-", "slower, down to 0.25x", (*Model).pace, "-").onSimulated().whileGoing()
	normal := bind("0", "back to 1x", (*Model).pace, "0").onSimulated().whileGoing()
	again := bind("ctrl+r", "start again with the same seed", (*Model).restart, "ctrl+r").named("again").onSimulated()
	another := bind("ctrl+n", "start again with the next seed", (*Model).restart, "ctrl+n").onSimulated()

	moment := bind("enter", "events: that moment, and its sensor in full", (*Model).toMoment, "enter").named("that moment").where((*Model).onLog)
	search := bind("/", "events: search", (*Model).searchLog, "/").named("search").where((*Model).onLog)
	matches := bind("n N", "events: next, previous match of the search", (*Model).match, "n", "N").named("next match").where((*Model).searching)
	only := bind("F", "events: of the selected sensor only, and back", (*Model).onlySelected, "F").named("only this sensor's").where((*Model).onLog)
	filter := bind("/", "show the sensors that match only", (*Model).filterSensors, "/").named("filter").where((*Model).offLog)
	sort := bind("> <", "order the table by the next column, the one before", (*Model).sortBy, ">", "<").named("sort").where(func(m *Model) bool { return m.onTable() && !m.touring() })
	invert := bind("I", "turn the order of the table round", (*Model).invert, "I").where((*Model).onTable)
	copied := bind("y", "copy the selected sensor's state, on events the line", (*Model).copyLine, "y").named("copy")

	keys := bind("?", "these keys", (*Model).toggleHelp, "?").named("keys").anywhere()
	quit := bind("q ctrl+c", "quit, with a summary", (*Model).quit, "q", "ctrl+c").named("quit").anywhere()

	return keyMap{
		groups: []group{
			tourKeys(),
			{"Break and mend the selected sensor", []*action{
				crash, slow, errors, hole, flap, corrupt, stuck, palette, mend, mendAll, tune, untune, all, lock, force, reset,
			}},
			{"Select", []*action{
				bind("← →  h l", "previous, next sensor", (*Model).move, "left", "right", "h", "l"),
				bind("↑ ↓  k j", "sensor above, below", (*Model).move, "up", "down", "k", "j"),
				bind("g G", "first, last sensor", (*Model).move, "g", "G"),
				bind("pgup ctrl+u", "a screen up", (*Model).move, "pgup", "ctrl+u"),
				bind("pgdn ctrl+d", "a screen down", (*Model).move, "pgdown", "ctrl+d"),
				bind("enter", "the selected sensor in full", (*Model).detail, "enter").onTarget().where((*Model).offLog),
				bind("m", "one sensor on the whole screen, and back", (*Model).maximise, "m").onTarget(),
				bind("1 2 3 4 5 6", "the pages", (*Model).showPage, "1", "2", "3", "4", "5", "6"),
				bind("tab shift+tab", "next, previous page", (*Model).turnPage, "tab", "shift+tab"),
				filter, sort, invert, moment, search, matches, only, copied,
			}},
			{"Time", []*action{pause, step, next, freeze, back, backTen, changes, verdict, faster, slower, normal, again, another}},
			screenKeys(keys, quit),
		},
		footer: []*action{moment, matches, search, only, crash, slow, errors, palette, mend, tune, all, sort, pause, next, freeze, force, hole, flap, step, verdict, filter, keys, quit},
		again:  again,
	}
}

// tourKeys lead through the tour.
func tourKeys() group {
	return group{"Tour", []*action{
		bind("> <", "next step of the tour, the one before", (*Model).turnTour, ">", "<").named("next step").onTour(),
	}}
}

// screenKeys are about the program itself.
func screenKeys(keys, quit *action) group {
	return group{"Screen", []*action{
		keys,
		bind("esc", "close what is open; never quits", (*Model).escape, "esc").named("back").anywhere(),
		bind("ctrl+t", "next theme", (*Model).nextTheme, "ctrl+t").anywhere(),
		bind("K", "show the keys pressed, for an audience", (*Model).toggleCaptions, "K").anywhere(),
		bind("M", "mouse on or off, off for the terminal's own selection", (*Model).toggleMouse, "M").anywhere(),
		bind("ctrl+l", "redraw", (*Model).redraw, "ctrl+l").anywhere(),
		bind("ctrl+z", "to the background", (*Model).suspend, "ctrl+z").anywhere(),
		bind("S", "another scenario, and what to see in it", (*Model).chooseScenario, "S").named("scenarios"),
		bind("a", "note at this moment, among the events", (*Model).writeNote, "a").named("note").whileGoing().onPast(),
		bind("E", "this screen as two files, plain and in colour", (*Model).exportScreen, "E").named("export"),
		quit,
		bind("Q", "quit, and leave the last screen behind", (*Model).quit, "Q").anywhere(),
	}}
}

// find returns what a key does now, or nil.
func (k keyMap) find(m *Model, typed tea.KeyPressMsg) *action {
	for _, g := range k.groups {
		for _, a := range g.actions {
			if key.Matches(typed, a.Binding) && a.applies(m) {
				return a
			}
		}
	}
	return nil
}

// applies is true where the action has a meaning: in this run, on what is shown.
func (a *action) applies(m *Model) bool {
	return a.exists(m) && (a.when == nil || a.when(m))
}

// exists is true where the action has a meaning in this run at all.
func (a *action) exists(m *Model) bool {
	run := m.frame.Snap.Run
	if a.touring && !m.touring() {
		return false
	}
	return !a.simulated || run == nil || run.Virtual
}

// footerRoom is from which width on the footer names what the palette has too.
const footerRoom = 100

// footer is the hints for the state the dashboard is in.
func (m *Model) footer() []views.Hint {
	var hints []views.Hint
	for _, a := range m.keys.footer {
		if !a.applies(m) || (a.roomy && m.frame.Width < footerRoom) || (a.fault && m.locked) || (a.going && m.frame.Snap.Ended) ||
			(a.target && m.noneShown()) {
			continue
		}
		word, typed := a.word, a.Keys()[0]
		if typed == "space" && m.frame.Snap.Paused {
			word = "go on"
		}
		hints = append(hints, views.Hint{Key: typed, Word: word})
	}
	if m.past.frozen {
		return m.frozenHints(hints)
	}
	if m.noneShown() {
		return slices.Insert(hints, 0, views.Hint{Key: "esc", Word: "shows all"})
	}
	if m.locked {
		hints = slices.Insert(hints, 0, views.Hint{Key: "!", Word: "unlock"})
	}
	if a := m.keys.again; m.frame.Snap.Ended && a.applies(m) {
		hints = slices.Insert(hints, 0, views.Hint{Key: a.Keys()[0], Word: a.word})
	}
	if m.frame.Detail && len(hints) > 0 {
		hints[len(hints)-1] = views.Hint{Key: "esc", Word: "back"} // in the place of quit
	}
	if m.frame.Maximised {
		hints = slices.Insert(hints, 0, views.Hint{Key: "m", Word: "back"})
	}
	return hints
}

// frozenHints lead with the ways through the past, and end as always.
func (m *Model) frozenHints(hints []views.Hint) []views.Hint {
	out := []views.Hint{
		{Key: "z", Word: "live"},
		{Key: "[", Word: "batch back"},
		{Key: "]", Word: "forth"},
		{Key: "{", Word: "10 s back"},
		{Key: "}", Word: "forth"},
		{Key: "N", Word: "change back"},
		{Key: "n", Word: "next change"},
	}
	return append(out, hints[max(len(hints)-2, 0):]...)
}

// isLive is true where the screen shows the present.
func (m *Model) isLive() bool { return !m.past.frozen }

// helpGroups is the key map for the help overlay.
func (m *Model) helpGroups() []views.HelpGroup {
	var groups []views.HelpGroup
	for _, g := range m.keys.groups {
		out := views.HelpGroup{Title: g.title}
		for _, a := range g.actions {
			if a.exists(m) {
				out.Keys = append(out.Keys, views.Hint{Key: a.Binding.Help().Key, Word: a.Binding.Help().Desc})
			}
		}
		if len(out.Keys) > 0 {
			groups = append(groups, out)
		}
	}
	return groups
}
