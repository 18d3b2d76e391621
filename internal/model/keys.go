package model

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine"
	"resiltui/internal/sensors"
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
	// strokes are the keys, each with what it does.
	strokes []stroke
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

// stroke is a key and what it does.
type stroke struct {
	key string
	do  func(*Model) tea.Cmd
}

func on(key string, do func(*Model) tea.Cmd) stroke { return stroke{key, do} }

// asks is a key that asks something of the run: do gets the words by which events
// say who asked.
func asks(key string, do func(m *Model, who string) tea.Cmd) stroke {
	return stroke{key, func(m *Model) tea.Cmd { return do(m, by(key)) }}
}

func bind(help string, strokes ...stroke) *action {
	a := &action{strokes: strokes}
	var keys []string
	for _, s := range strokes {
		keys = append(keys, s.key)
	}
	shown := strings.ReplaceAll(strings.Join(keys, " "), "pgdown", "pgdn")
	a.Binding = key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, help))
	return a
}

// shownAs is for keys that are not called by their names, as arrows are.
func (a *action) shownAs(keys string) *action { a.SetHelp(keys, a.Help().Desc); return a }

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
	crash := bind("crash: connections are refused at once", asks("c", inject(sensors.Crash))).named("crash").asFault()
	slow := bind("slow: every attempt takes 150 ms longer", asks("s", inject(sensors.Slow))).named("slow").asFault().withRoom()
	errors := bind("errors: half of the attempts fail", asks("e", inject(sensors.Errors))).named("errors").asFault().withRoom()
	hole := bind("black hole: attempts never get an answer", asks("b", inject(sensors.Hang))).named("black hole").asFault()
	flap := bind("flap: down for 3 s, up for 3 s", asks("p", inject(sensors.Flap))).named("flap").asFault()
	corrupt := bind("corrupt: wrong values, no error", asks("x", inject(sensors.Corrupt))).named("corrupt").asFault()
	stuck := bind("stuck: the value no longer moves", asks("i", inject(sensors.Stuck))).named("stuck").asFault()
	palette := bind("all faults, with their parameters and time to live", on("f", (*Model).openPalette)).named("faults").onTarget().whileGoing()
	mend := bind("recover the target: end its faults", asks("r", aimed(engine.Recover, "recover"))).named("recover").onTarget().whileGoing()
	mendAll := bind("recover everything", asks("R", (*Model).recoverAll)).named("recover all").whileGoing()
	all := bind("keys act on all sensors, and back", on("*", (*Model).toggleAll)).named("all")
	lock := bind("lock or unlock the fault keys", on("!", (*Model).toggleLock)).named("unlock")
	force := bind("force the breaker open, again to release it", asks("o", aimed(engine.ToggleForced, "force open or release"))).named("force open").onTarget().whileGoing()
	tune := bind("tune the policy, and see what it would have done", on("t", (*Model).openTuning)).named("tune").onTarget().whileGoing()
	untune := bind("put the settings back to the scenario's", asks("T", (*Model).untune)).named("undo tuning").whileGoing()
	reset := bind("reset the breaker to CLOSED", asks("u", aimed(engine.ResetBreaker, "reset the breaker of"))).named("reset").onTarget().whileGoing()

	pause := bind("pause or go on", asks("space", pass(engine.Toggle))).named("pause").whileGoing()
	single := bind("pause and run one batch", asks(".", pass(engine.Step))).named("step").onSimulated().whileGoing()
	next := bind("run on to the next change of state and pause", asks("n", pass(engine.RunOn))).named("next").onSimulated().whileGoing().where(func(m *Model) bool { return m.isLive() && !m.searching() })
	freeze := bind("freeze the screen, the run goes on; again: live", on("z", (*Model).toggleFreeze)).named("freeze")
	back := bind("a batch back, forth; [ on a live screen freezes it", on("[", scrub(step{batches: -1})), on("]", scrub(step{batches: 1}))).named("back")
	backTen := bind("ten seconds back, forth", on("{", scrub(step{by: -longStep})), on("}", scrub(step{by: longStep}))).named("10 s back")
	changes := bind("frozen: to the next, previous change of state", on("n", scrub(step{changes: 1})), on("N", scrub(step{changes: -1}))).named("next").where(func(m *Model) bool { return m.frozen() && !m.searching() })
	verdict := bind("the last verdict again", on("v", (*Model).lastVerdict)).named("verdict")
	faster := bind("faster, up to 64x", asks("+", (*Model).faster), asks("=", (*Model).faster)).onSimulated().whileGoing()
	slower := bind("slower, down to 0.25x", asks("-", (*Model).slower)).onSimulated().whileGoing()
	normal := bind("back to 1x", asks("0", (*Model).normal)).onSimulated().whileGoing()
	again := bind("start again with the same seed", asks("ctrl+r", restart(0))).named("again").onSimulated()
	another := bind("start again with the next seed", asks("ctrl+n", restart(1))).onSimulated()

	moment := bind("events: that moment, and its sensor in full", on("enter", (*Model).toMoment)).named("that moment").where((*Model).onLog)
	search := bind("events: search", on("/", (*Model).searchLog)).named("search").where((*Model).onLog)
	matches := bind("events: next, previous match of the search", on("n", (*Model).matchOn), on("N", (*Model).matchBack)).named("next match").where((*Model).searching)
	only := bind("events: of the selected sensor only, and back", on("F", (*Model).onlySelected)).named("only this sensor's").where((*Model).onLog)
	filter := bind("show the sensors that match only", on("/", (*Model).filterSensors)).named("filter").where((*Model).offLog)
	sort := bind("order the table by the next column, the one before", on(">", (*Model).sortOn), on("<", (*Model).sortBack)).named("sort").where(func(m *Model) bool { return m.onTable() && !m.touring() })
	invert := bind("turn the order of the table round", on("I", (*Model).invert)).where((*Model).onTable)
	copied := bind("copy the selected sensor's state, on events the line", on("y", (*Model).copyLine)).named("copy")

	keys := bind("these keys", on("?", (*Model).toggleHelp)).named("keys").anywhere()
	quit := bind("quit, with a summary", on("q", (*Model).quit), on("ctrl+c", (*Model).quit)).named("quit").anywhere()

	return keyMap{
		groups: []group{
			tourKeys(),
			{"Break and mend the selected sensor", []*action{
				crash, slow, errors, hole, flap, corrupt, stuck, palette, mend, mendAll, tune, untune, all, lock, force, reset,
			}},
			{"Select", []*action{
				bind("previous, next sensor", on("left", (*Model).moveLeft), on("right", (*Model).moveRight), on("h", (*Model).moveLeft), on("l", (*Model).moveRight)).shownAs("← →  h l"),
				bind("sensor above, below", on("up", (*Model).moveUp), on("down", (*Model).moveDown), on("k", (*Model).moveUp), on("j", (*Model).moveDown)).shownAs("↑ ↓  k j"),
				bind("first, last sensor", on("g", (*Model).goFirst), on("G", (*Model).goLast)),
				bind("a screen up", on("pgup", (*Model).screenUp), on("ctrl+u", (*Model).screenUp)),
				bind("a screen down", on("pgdown", (*Model).screenDown), on("ctrl+d", (*Model).screenDown)),
				bind("the selected sensor in full", on("enter", (*Model).detail)).onTarget().where((*Model).offLog),
				bind("one sensor on the whole screen, and back", on("m", (*Model).maximise)).onTarget(),
				bind("the pages", pageKeys()...),
				bind("next, previous page", on("tab", (*Model).pageOn), on("shift+tab", (*Model).pageBack)),
				filter, sort, invert, moment, search, matches, only, copied,
			}},
			{"Time", []*action{pause, single, next, freeze, back, backTen, changes, verdict, faster, slower, normal, again, another}},
			screenKeys(keys, quit),
		},
		footer: []*action{moment, matches, search, only, crash, slow, errors, palette, mend, tune, all, sort, pause, next, freeze, force, hole, flap, single, verdict, filter, keys, quit},
		again:  again,
	}
}

// tourKeys lead through the tour.
func tourKeys() group {
	return group{"Tour", []*action{
		bind("next step of the tour, the one before", on(">", (*Model).tourOn), on("<", (*Model).tourBack)).named("next step").onTour(),
	}}
}

// screenKeys are about the program itself.
func screenKeys(keys, quit *action) group {
	return group{"Screen", []*action{
		keys,
		bind("close what is open; never quits", on("esc", (*Model).escape)).named("back").anywhere(),
		bind("next theme", on("ctrl+t", (*Model).nextTheme)).anywhere(),
		bind("show the keys pressed, for an audience", on("K", (*Model).toggleCaptions)).anywhere(),
		bind("mouse on or off, off for the terminal's own selection", on("M", (*Model).toggleMouse)).anywhere(),
		bind("redraw", on("ctrl+l", (*Model).redraw)).anywhere(),
		bind("to the background", on("ctrl+z", (*Model).suspend)).anywhere(),
		bind("another scenario, and what to see in it", on("S", (*Model).chooseScenario)).named("scenarios"),
		bind("note at this moment, among the events", on("a", (*Model).writeNote)).named("note").whileGoing().onPast(),
		bind("this screen as two files, plain and in colour", on("E", (*Model).exportScreen)).named("export"),
		quit,
		bind("quit, and leave the last screen behind", on("Q", (*Model).quitKeeping)).anywhere(),
	}}
}

// find returns the action of a key now, and the key's part in it; nil where it
// has none.
func (k keyMap) find(m *Model, typed tea.KeyPressMsg) (*action, stroke) {
	name := typed.String()
	for _, g := range k.groups {
		for _, a := range g.actions {
			if i := slices.IndexFunc(a.strokes, func(s stroke) bool { return s.key == name }); i >= 0 && a.applies(m) {
				return a, a.strokes[i]
			}
		}
	}
	return nil, stroke{}
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
