package model

// need is a condition that keys have. Where it is not met the keys are off, for
// the reason at the same index of [reasons]. The first condition that is not met
// counts.
type need uint8

const (
	// aTour, simulatedTime and realTime are conditions on the run: where they are not met
	// the keys do not exist.
	aTour need = iota
	simulatedTime
	realTime

	// These are conditions on what is shown. Where they are not met the same key
	// may belong to another row.
	noTour
	aList
	noList
	aSearch
	noSearch
	aTable
	anAnswer
	noAnswer
	frozenScreen
	liveScreen

	// These can be changed with another key; a user who presses a key that is off
	// is told which one.
	aSensor
	unlocked
	goingOn
	thePresent
)

// offKind says what the help shows for keys that are off, and what pressing them
// does.
type offKind uint8

const (
	// absent keys do not exist in this run: the help does not list them.
	absent offKind = iota
	// elsewhere is for keys that have a meaning on another page: the help lists
	// them, and here they do nothing.
	elsewhere
	// refused keys show the reason when they are pressed.
	refused
)

// reason says why keys are off. The footer never lists keys that are off.
type reason struct {
	kind offKind
	// missing says whether the condition is not met.
	missing func(*Model) bool
	// says words the reason as a sentence about a key.
	says func(m *Model, key string) string
	// only says where keys with this condition exist, for docs/keys.md; empty
	// adds nothing.
	only string
}

// lockedText says why fault keys are off.
const lockedText = "fault keys are locked; ! unlocks them (faults act inside resiltui only)"

// reasons are the reasons why keys are off, indexed by need.
func reasons() []reason {
	return []reason{
		aTour:         {absent, not((*Model).touring), always("there is no tour"), "on the tour"},
		simulatedTime: {absent, (*Model).real, always("real time cannot be stepped, sped up or started again"), "simulations"},
		realTime:      {absent, not((*Model).real), always("a column of a simulation is one call, and all have one scale"), "real endpoints"},
		noTour:        {elsewhere, (*Model).touring, always("on a tour these keys go through its steps"), ""},
		aList:         {elsewhere, not((*Model).onLog), always("there is no list of events here"), ""},
		noList:        {elsewhere, (*Model).onLog, always("on the list of events this key is about events"), ""},
		aSearch:       {elsewhere, not((*Model).searching), always("nothing is searched for; / on the events does"), ""},
		noSearch:      {elsewhere, (*Model).searching, always("during a search these keys go from match to match"), ""},
		aTable:        {elsewhere, not((*Model).onTable), always("there is no table to be ordered here"), ""},
		anAnswer:      {elsewhere, not((*Model).answers), always("the answer is on the overview of a watch"), ""},
		noAnswer:      {elsewhere, (*Model).answers, always("on the overview of a watch this key copies its answer"), ""},
		frozenScreen:  {elsewhere, not((*Model).frozen), always("the screen is not frozen; z freezes it"), ""},
		liveScreen:    {elsewhere, (*Model).frozen, always("on a frozen screen these keys go through the past"), ""},
		aSensor:       {refused, (*Model).noneShown, always("no sensor matches the filter; esc shows all"), ""},
		unlocked:      {refused, func(m *Model) bool { return m.locked }, always(lockedText), "fault key"},
		goingOn:       {refused, (*Model).ended, func(m *Model, _ string) string { return m.overText() }, ""},
		thePresent: {refused, (*Model).frozen, func(_ *Model, key string) string {
			return "this is the past; z goes back to the present, where " + key + " acts"
		}, ""},
	}
}

func not(is func(*Model) bool) func(*Model) bool {
	return func(m *Model) bool { return !is(m) }
}

// always makes a reason with the same sentence for all keys.
func always(text string) func(*Model, string) string {
	return func(*Model, string) string { return text }
}

// ended says whether the run has ended, even where the screen shows the past.
func (m *Model) ended() bool { return m.frame.Snap.Ended || m.past.Frozen && m.endedBehind }

// overText says what the user can do after the end of the run.
func (m *Model) overText() string {
	if m.real() {
		return "the watch has ended; q leaves"
	}
	return "the run has ended; ctrl+r starts it again"
}
