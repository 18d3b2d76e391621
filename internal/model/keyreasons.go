package model

// need is something that keys need to act. Where it is missing they are off, for
// the reason of the same place in [reasons]. The first that is missing counts.
type need uint8

const (
	// aTour and simulatedTime are about the run: without them the keys do not
	// exist.
	aTour need = iota
	simulatedTime

	// These are about what is shown. Where it is something else the same key may
	// belong to another row.
	noTour
	aList
	noList
	aSearch
	noSearch
	aTable
	frozenScreen
	liveScreen

	// These can be had with another key, which whoever presses one that is off is
	// told.
	aSensor
	unlocked
	goingOn
	thePresent
)

// offKind is what becomes of keys that are off.
type offKind uint8

const (
	// absent keys do not exist in this run: the help leaves them out.
	absent offKind = iota
	// elsewhere is where they have a meaning: the help lists them, here they do
	// nothing.
	elsewhere
	// refused keys say why when they are pressed.
	refused
)

// reason is why keys are off. The footer names no key that is.
type reason struct {
	kind offKind
	// missing is true while what is needed is not there.
	missing func(*Model) bool
	// says is the reason as a sentence, about a key.
	says func(m *Model, key string) string
	// only is where keys with this need exist, for docs/keys.md; empty says
	// nothing.
	only string
}

// lockedText is why fault keys do nothing.
const lockedText = "fault keys are locked; ! unlocks them (faults act inside resiltui only)"

// reasons are why keys are off, by what is missing.
func reasons() []reason {
	return []reason{
		aTour:         {absent, not((*Model).touring), always("there is no tour"), "on the tour"},
		simulatedTime: {absent, (*Model).real, always("real time cannot be stepped, sped up or started again"), "simulations"},
		noTour:        {elsewhere, (*Model).touring, always("on a tour these keys go through its steps"), ""},
		aList:         {elsewhere, not((*Model).onLog), always("there is no list of events here"), ""},
		noList:        {elsewhere, (*Model).onLog, always("on the list of events this key is about events"), ""},
		aSearch:       {elsewhere, not((*Model).searching), always("nothing is searched for; / on the events does"), ""},
		noSearch:      {elsewhere, (*Model).searching, always("during a search these keys go from match to match"), ""},
		aTable:        {elsewhere, not((*Model).onTable), always("there is no table to be ordered here"), ""},
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

// always is a sentence that is the same for all keys.
func always(text string) func(*Model, string) string {
	return func(*Model, string) string { return text }
}

// ended is true where the run has, whatever is shown.
func (m *Model) ended() bool { return m.frame.Snap.Ended || m.past.Frozen && m.endedBehind }

// overText says what can still be done when the run has ended.
func (m *Model) overText() string {
	if m.real() {
		return "the watch has ended; q leaves"
	}
	return "the run has ended; ctrl+r starts it again"
}
