package model

import (
	"slices"

	"resiltui/internal/engine/event"
	"resiltui/internal/model/timetravel"
	"resiltui/internal/sensors/fault"
)

// keyGroups are all keys. A new key is added here and nowhere else: its row holds its
// function, its conditions, and its texts in help, footer and docs/keys.md. The
// function of a key is a plain function; methods of the Model are for what several
// keys need.
func keyGroups() []group {
	return []group{
		{"Tour", []*keyRow{
			bind("next step of the tour, the one before", on(">", tourOn), on("<", tourBack)).
				named("next step").with(aTour).anywhere(),
		}},
		{"Break and repair the selected sensor", targetKeys()},
		{"Select", append(selectKeys(), listKeys()...)},
		{"Time", slices.Concat(timeKeys(), paceKeys(), realKeys())},
		{"Screen", screenKeys()},
	}
}

func targetKeys() []*keyRow {
	return []*keyRow{
		faultKey(fault.Crash, "crash: connections are refused at once").footer(50),
		faultKey(fault.Slow, "slow: every attempt takes 150 ms longer").wideFooter(60),
		faultKey(fault.Errors, "errors: half of the attempts fail").wideFooter(70),
		faultKey(fault.Hang, "black hole: attempts never get an answer").footer(170),
		faultKey(fault.Flap, "flap: down for 3 s, up for 3 s").footer(180),
		faultKey(fault.Corrupt, "corrupt: wrong values, no error"),
		faultKey(fault.Stuck, "stuck: the value no longer moves"),
		bind("all faults, with their parameters and time to live", on("f", openPalette)).
			named("faults").with(aSensor, goingOn, thePresent).footer(80),
		bind("recover the target: end its faults", asks("r", toTarget(event.Recover, "recover"))).
			named("recover").onTarget().footer(90),
		bind("recover everything", asks("R", recoverAll)).named("recover all").with(goingOn, thePresent),
		bind("tune the policy, and see what it would have done", on("t", openTuning)).
			named("tune").with(aSensor, goingOn).footer(100).hint(8, "t", "tune", (*Model).frozen),
		bind("put the settings back to the scenario's", asks("T", untune)).named("undo tuning").with(goingOn, thePresent),
		bind("keys act on all sensors, and back", on("*", toggleAll)).named("all").footer(110),
		bind("lock or unlock the fault keys", on("!", toggleLock)).named("unlock").hint(3, "!", "unlock", whileLocked),
		bind("force the breaker open, again to release it", asks("o", toTarget(event.ToggleForced, "force open or release"))).
			named("force open").onTarget().footer(160),
		bind("reset the breaker to CLOSED", asks("u", toTarget(event.ResetBreaker, "reset the breaker of"))).named("reset").onTarget(),
	}
}

// faultKey is the key of a kind of fault, which injects it with default parameters;
// the kind defines the letter and the word.
func faultKey(kind fault.Number, help string) *keyRow {
	k := fault.Kinds()[kind-1]
	return bind(help, asks(k.Key, inject(k.Default))).named(k.Title).asFault()
}

func selectKeys() []*keyRow {
	return []*keyRow{
		bind("previous, next sensor", on("left", moveLeft), on("right", moveRight),
			on("h", moveLeft), on("l", moveRight)).shownAs("← →  h l"),
		bind("sensor above, below", on("up", moveUp), on("down", moveDown),
			on("k", moveUp), on("j", moveDown)).shownAs("↑ ↓  k j"),
		bind("first, last sensor", on("g", goFirst), on("G", goLast)),
		bind("a screen up", on("pgup", screenUp), on("ctrl+u", screenUp)),
		bind("a screen down", on("pgdown", screenDown), on("ctrl+d", screenDown)),
		bind("the selected sensor in full", on("enter", (*Model).detail)).with(noList, aSensor),
		bind("one sensor on the whole screen, and back", on("m", (*Model).maximise)).
			with(aSensor).hint(1, "m", "back", onMaximised),
		bind("the pages", pageKeys()...),
		bind("next, previous page", on("tab", pageOn), on("shift+tab", pageBack)),
		bind("show the sensors that match only", on("/", filterSensors)).named("filter").with(noList).footer(210),
	}
}

// listKeys are the keys of pages with a table or a list.
func listKeys() []*keyRow {
	return []*keyRow{
		bind("order the table by the next column, the one before", on(">", sortOn), on("<", sortBack)).
			named("sort").with(aTable, noTour).footer(120),
		bind("turn the order of the table round", on("I", invert)).with(aTable),
		bind("events: that moment, and its sensor in full", on("enter", (*Model).toMoment)).
			named("that moment").with(aList).footer(10),
		bind("events: search", on("/", searchLog)).named("search").with(aList).footer(30),
		bind("events: next, previous match of the search", on("n", matchOn), on("N", matchBack)).
			named("next match").with(aSearch).footer(20).
			hint(6, "N", "match back", (*Model).frozen).hint(7, "n", "next match", (*Model).frozen),
		bind("events: of the selected sensor only, and back", on("F", (*Model).onlySelected)).
			named("only this sensor's").with(aList).footer(40),
		bind("copy the selected sensor's state, on events the line", on("y", (*Model).copyLine)).named("copy").with(noAnswer),
	}
}

func timeKeys() []*keyRow {
	return []*keyRow{
		bind("pause or go on", asks("space", pass(event.Toggle))).named("pause").with(goingOn, thePresent).
			hint(130, "space", "pause", whilePassing).hint(130, "space", "go on", whilePaused),
		bind("pause and run one batch", asks(".", pass(event.Step))).
			named("step").with(simulatedTime, goingOn, thePresent).footer(190),
		bind("run on to the next change of state and pause", asks("n", pass(event.RunOn))).
			named("next").with(simulatedTime, goingOn, liveScreen, noSearch).footer(140),
		bind("freeze the screen, the run goes on; again: live", on("z", (*Model).toggleFreeze)).
			named("freeze").footer(150).hint(1, "z", "live", (*Model).frozen),
		bind("a batch back, forward; [ on a live screen freezes it",
			on("[", scrub(timetravel.ByBatches(-1))), on("]", scrub(timetravel.ByBatches(1)))).named("back").
			hint(2, "[", "batch back", (*Model).frozen).hint(3, "]", "forward", (*Model).frozen),
		bind("ten seconds back, forward", on("{", scrub(timetravel.ByTime(-longStep))), on("}", scrub(timetravel.ByTime(longStep)))).named("10 s back").
			hint(4, "{", "10 s back", (*Model).frozen).hint(5, "}", "forward", (*Model).frozen),
		bind("frozen: to the next, previous change of state",
			on("n", scrubChanges(false)), on("N", scrubChanges(true))).named("next").with(frozenScreen, noSearch).
			hint(6, "N", "change back", (*Model).frozen).hint(7, "n", "next change", (*Model).frozen),
		bind("the last verdict again", on("v", lastVerdict)).named("verdict").footer(200),
	}
}

// paceKeys are the keys that change the speed of simulated time.
func paceKeys() []*keyRow {
	return []*keyRow{
		bind("faster, up to 64x", asks("+", faster), asks("=", faster)).with(simulatedTime, goingOn, thePresent),
		bind("slower, down to 0.25x", asks("-", slower)).with(simulatedTime, goingOn, thePresent),
		bind("back to 1x", asks("0", normal)).with(simulatedTime, goingOn, thePresent),
		bind("start again with the same seed", asks("ctrl+r", restart(0))).
			named("again").with(simulatedTime).hint(2, "ctrl+r", "again", afterTheEnd),
		bind("start again with the next seed", asks("ctrl+n", restart(1))).with(simulatedTime),
	}
}

// realKeys are the keys of a watch.
func realKeys() []*keyRow {
	return []*keyRow{
		bind("a column is a longer slot of time, a shorter one", on("d", longerSlot), on("D", shorterSlot)).
			named("slot").with(realTime).footer(112),
		bind("latency on a scale of its own, or in steps that all have in common", on("L", otherScale)).
			named("scale").with(realTime).footer(114),
		bind("copy what is down, since when and why", on("y", copyAnswer)).named("copy").with(realTime, anAnswer),
	}
}

// screenKeys are the keys for the program itself.
func screenKeys() []*keyRow {
	return []*keyRow{
		bind("these keys", on("?", toggleHelp)).named("keys").anywhere().hint(220, "?", "keys", nil),
		bind("close what is open; never quits", on("esc", escape)).named("back").anywhere().
			hint(1, "esc", "shows all", liveAndEmpty).hint(230, "esc", "back", onDetail),
		bind("next theme", on("ctrl+t", nextTheme)).anywhere(),
		bind("show the keys pressed, for an audience", on("K", toggleCaptions)).anywhere(),
		bind("mouse on or off, off for the terminal's own selection", on("M", toggleMouse)).anywhere(),
		bind("redraw", on("ctrl+l", redraw)).anywhere(),
		bind("to the background", on("ctrl+z", suspend)).anywhere(),
		bind("another scenario, and what to see in it", on("S", chooseScenario)).named("scenarios"),
		bind("note at this moment, among the events", on("a", writeNote)).named("note").with(goingOn),
		bind("this screen as two files, plain and in colour", on("E", exportScreen)).named("export"),
		bind("quit, with a summary", on("q", (*Model).quit), on("ctrl+c", (*Model).quit)).named("quit").anywhere().
			hint(230, "q", "quit", not(onDetail)),
		bind("quit, and leave the last screen behind", on("Q", quitKeeping)).anywhere(),
	}
}
