package eventlist

import (
	"testing"

	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
)

// snap is what is known when the events up to a number came, of which so many are kept.
func snap(run *event.Run, kept, to int) *stats.Snapshot {
	return &stats.Snapshot{Run: run, Lines: lines(to-kept+1, to), LinesTotal: to}
}

// held is a list that is held on the newest of so many lines, of which it knows all.
func held(run *event.Run, n int) *List {
	j := &List{}
	s := snap(run, n, n)
	j.Grow(s)
	j.Hold(View{s, 20})
	return j
}

// numbers are the first and the last number of the lines held, 0 where there are none.
func (j *List) numbers() (first, last uint64) {
	if len(j.lines) == 0 {
		return 0, 0
	}
	return j.lines[0].Seq, newest(j.lines)
}

func TestTheLineAtTheCursor(t *testing.T) {
	run := &event.Run{}
	full, empty := View{snap(run, 3, 3), 20}, View{&stats.Snapshot{Run: run}, 20}
	first, none, nothing := held(run, 3), held(run, 0), &List{}
	first.cursor = 0
	for name, c := range map[string]struct {
		j    *List
		v    View
		want uint64
	}{
		"the newest while it follows":           {&List{}, full, 3},
		"none while it follows nothing":         {nothing, empty, 0},
		"the first of those that are held":      {first, full, 1},
		"the last of those that are held":       {held(run, 3), full, 3},
		"none where nothing is held":            {none, full, 0},
		"none behind those that are held":       {&List{held: true, cursor: 1, lines: lines(1, 1)}, full, 0},
		"none before those that are held":       {&List{held: true, cursor: -1, lines: lines(1, 1)}, full, 0},
		"of one sensor, none where it has none": {&List{Only: true, sensor: 3}, full, 0},
	} {
		l, ok := c.j.At(c.v)
		if l.Seq != c.want || ok != (c.want > 0) || !ok && l != (sentence.Line{}) {
			t.Errorf("%s: line %d, %v", name, l.Seq, ok)
		}
	}
}

func TestAHeldListKnowsWhetherAnythingIsBeforeIt(t *testing.T) {
	for kept, want := range map[int]bool{100: true, 40: false} {
		j, s := &List{}, snap(nil, kept, 100)
		if j.Hold(View{s, 20}); j.begins != want || !j.ends || j.seen != 100 {
			t.Errorf("%d of 100 lines: it begins %v, ends %v, saw %d", kept, j.begins, j.ends, j.seen)
		}
	}
}

func TestAHeldListGrowsByWhatIsNew(t *testing.T) {
	run := &event.Run{}
	for name, c := range map[string]struct {
		had         int
		s           *stats.Snapshot
		first, last uint64
		ends        bool
	}{
		"nothing is new":                        {100, snap(run, 100, 100), 1, 100, true},
		"some of those that are known":          {100, snap(run, 41, 140), 1, 140, true},
		"from the newest known one on":          {100, snap(run, 41, 140), 1, 140, true},
		"from the one after it on":              {100, snap(run, 40, 140), 1, 100, false},
		"from later on":                         {100, snap(run, 10, 140), 1, 100, false},
		"the first of all":                      {0, snap(run, 3, 3), 1, 3, true},
		"the first of all, more than are kept":  {0, snap(run, 3, 9), 0, 0, false},
		"a snapshot that knows no lines at all": {100, &stats.Snapshot{Run: run, LinesTotal: 140}, 1, 100, true},
	} {
		j := held(run, c.had)
		j.Grow(c.s)
		if first, last := j.numbers(); first != c.first || last != c.last || j.ends != c.ends || len(j.lines) != int(c.last-c.first+min(c.first, 1)) {
			t.Errorf("%s: %d lines from %d to %d, ends %v", name, len(j.lines), first, last, j.ends)
		}
	}
}

func TestAListWithoutItsEndDoesNotGrow(t *testing.T) {
	run := &event.Run{}
	j := held(run, 100)
	j.ends = false
	if j.Grow(snap(run, 110, 110)); len(j.lines) != 100 || j.seen != 100 {
		t.Errorf("%d lines, %d seen", len(j.lines), j.seen)
	}
	following := &List{ends: true}
	following.Grow(snap(nil, 100, 100))
	if len(following.lines) != 0 {
		t.Errorf("a list that follows holds %d lines", len(following.lines))
	}
}

func TestALongListIsCutWhereTheCursorIsNot(t *testing.T) {
	run := &event.Run{}
	const n = 10 // lines too many
	for name, c := range map[string]struct {
		more, cursor, top   int
		first, last         uint64
		wantCursor, wantTop int
		begins, ends        bool
	}{
		"as many as are held, at the end":   {0, mostHeld - 1, 4000, 1, mostHeld, mostHeld - 1, 4000, true, true},
		"as many as are held, at the start": {0, 0, 0, 1, mostHeld, 0, 0, true, true},
		"at the end":                        {n, mostHeld - 1, 4000, n + 1, mostHeld + n, mostHeld - 1 - n, 4000 - n, false, true},
		"just far enough from the start":    {n, n + heldEdge + 1, 5, n + 1, mostHeld + n, heldEdge + 1, 0, false, true},
		"too near to the start":             {n, n + heldEdge, 5, 1, mostHeld, n + heldEdge, 5, true, false},
		"at the start":                      {n, 0, 0, 1, mostHeld, 0, 0, true, false},
	} {
		j := held(run, mostHeld-1)
		j.cursor, j.top = c.cursor, c.top
		j.Grow(snap(run, 40, mostHeld+c.more))
		first, last := j.numbers()
		if first != c.first || last != c.last || j.cursor != c.wantCursor || j.top != c.wantTop || j.begins != c.begins || j.ends != c.ends {
			t.Errorf("%s: lines %d to %d, cursor %d, top %d, begins %v, ends %v", name, first, last, j.cursor, j.top, j.begins, j.ends)
		}
	}
}

func TestAnotherRunIsFollowedAndWhatWasLookedUpComesTooLate(t *testing.T) {
	run := &event.Run{}
	j := held(run, 100)
	j.begins = false
	late := Found{id: j.id, at: 0, lines: lines(1, 1)}
	j.Follow()
	again := &event.Run{}
	s := snap(again, 5, 5)
	if j.Grow(s); j.held || j.run != again {
		t.Error("of another run the list of the last one is held")
	}
	j.Hold(View{s, 20})
	if j.Take(late); len(j.lines) != 5 {
		t.Errorf("what was looked up in the last run is shown: %d lines", len(j.lines))
	}
	j = held(run, 100)
	if j.Grow(snap(again, 5, 5)); j.held {
		t.Error("a list that is held stays at the last run")
	}
}

func TestTheListIsBusyWhileSomethingThatWasAskedForIsLookedUp(t *testing.T) {
	v := View{snap(nil, 3, 3), 20}
	for _, c := range []struct {
		busy   bool
		wanted int
		want   bool
	}{{true, 1, true}, {true, 0, false}, {false, 1, false}, {false, 0, false}} {
		j := List{busy: c.busy, wanted: make([]place, c.wanted)}
		if got := j.Shown(v).Busy; got != c.want {
			t.Errorf("on its way %v, %d places: busy %v", c.busy, c.wanted, got)
		}
	}
}

func TestThePartInViewHasTheCursor(t *testing.T) {
	for name, c := range map[string]struct {
		cursor, top, rows int
		first             uint64 // in view
		last              uint64
		at                int
	}{
		"in the middle":             {50, 45, 20, 46, 65, 5},
		"on the first line in view": {45, 45, 20, 46, 65, 0},
		"above what was in view":    {40, 45, 20, 41, 60, 0},
		"on the last line in view":  {64, 45, 20, 46, 65, 19},
		"below what was in view":    {65, 45, 20, 47, 66, 19},
		"far below it":              {99, 0, 20, 81, 100, 19},
		"a screen that has grown":   {95, 90, 20, 81, 100, 15},
		"more rows than lines":      {50, 45, 200, 1, 100, 50},
		"one row":                   {50, 0, 1, 51, 51, 0},
	} {
		j := held(nil, 100)
		j.cursor, j.top = c.cursor, c.top
		log := j.Shown(View{snap(nil, 100, 100), c.rows})
		if len(log.Lines) == 0 || log.Lines[0].Seq != c.first || newest(log.Lines) != c.last || log.Cursor != c.at || log.Newer != 99-c.cursor || log.Following {
			t.Errorf("%s: %d lines, cursor %d, %d newer", name, len(log.Lines), log.Cursor, log.Newer)
		}
		j.ends = false
		if log = j.Shown(View{snap(nil, 100, 100), c.rows}); log.Newer != -1 {
			t.Errorf("%s: %d newer, which nobody knows", name, log.Newer)
		}
	}
}

func TestTheCursorMovesAndRemembersHowFarItWentBeyond(t *testing.T) {
	for name, c := range map[string]struct {
		by             int
		begins, ends   bool
		cursor, beyond int
		held           bool
	}{
		"up":                                {-10, true, true, 89, 0, true},
		"to the first":                      {-99, true, true, 0, 0, true},
		"before the first of all":           {-120, true, true, 0, 0, true},
		"before the first that is held":     {-120, false, true, 0, -21, true},
		"to the last of all":                {0, true, true, 0, 0, false},
		"to the last that is held":          {0, true, false, 99, 0, true},
		"one behind the last that is held":  {1, true, false, 99, 1, true},
		"many behind the last that is held": {25, true, false, 99, 25, true},
	} {
		j := held(nil, 100)
		j.begins, j.ends = c.begins, c.ends
		j.Move(View{snap(nil, 100, 100), 20}, c.by)
		if j.cursor != c.cursor || j.beyond != c.beyond || j.held != c.held {
			t.Errorf("%s: cursor %d, %d beyond, held %v", name, j.cursor, j.beyond, j.held)
		}
	}
	empty := &List{}
	if empty.Move(View{&stats.Snapshot{}, 20}, -1); empty.held || empty.cursor != 0 {
		t.Errorf("nothing is held: %v, cursor %d", empty.held, empty.cursor)
	}
}

func TestASearchWithoutAMatchAtHandLooksForOne(t *testing.T) {
	for name, c := range map[string]struct {
		step         int
		begins, ends bool
		none         string
		kind         placeKind // where none is empty
	}{
		"back, all are known":       {-1, true, true, "no earlier event matches", 0},
		"back, newer ones are not":  {-1, true, false, "no earlier event matches", 0},
		"back, older ones are not":  {-1, false, true, "", toEarlier},
		"back, neither are":         {-1, false, false, "", toEarlier},
		"forth, all are known":      {1, true, true, "no later event matches", 0},
		"forth, older ones are not": {1, false, true, "no later event matches", 0},
		"forth, newer ones are not": {1, true, false, "", toLater},
		"forth, neither are":        {1, false, false, "", toLater},
	} {
		j := held(nil, 100)
		j.Search, j.cursor, j.begins, j.ends = "nowhere", 50, c.begins, c.ends
		none := j.Match(View{snap(nil, 100, 100), 20}, c.step)
		switch {
		case none != c.none:
			t.Errorf("%s: %q", name, none)
		case c.none != "" && len(j.wanted) > 0:
			t.Errorf("%s: it is looked up all the same", name)
		case c.none == "" && (len(j.wanted) != 1 || j.wanted[0] != place{kind: c.kind, seq: 51}):
			t.Errorf("%s: wanted are %+v", name, j.wanted)
		}
	}
	j := held(nil, 100)
	j.Search = "note 1."
	if none := j.Match(View{snap(nil, 100, 100), 20}, -1); none != "" || j.cursor != 0 {
		t.Errorf("the first line matches: %q, cursor %d", none, j.cursor)
	}
	nothing := &List{Search: "x", held: true}
	if none := nothing.Match(View{&stats.Snapshot{}, 20}, 1); none != "no later event matches" {
		t.Errorf("in a list without lines: %q", none)
	}
}

func TestTheEventsOfOneSensorAreFollowed(t *testing.T) {
	j := held(nil, 100)
	if j.ToggleOnly(3); j.held || !j.Only {
		t.Errorf("held %v, only one sensor's %v", j.held, j.Only)
	}
}

func TestMoreIsLookedUpNearTheEndsOfWhatIsHeld(t *testing.T) {
	run := &event.Run{}
	for name, c := range map[string]struct {
		cursor       int
		begins, ends bool
		want         bool
	}{
		"far from both":         {150, false, false, false},
		"near the begin":        {heldEdge - 1, false, false, true},
		"just not near it":      {heldEdge, false, false, false},
		"near the begin of all": {0, true, false, false},
		"near the end":          {300 - heldEdge, false, false, true},
		"just not near the end": {300 - heldEdge - 1, false, false, false},
		"near the end of all":   {299, false, true, false},
		"behind what is held":   {300, false, false, false},
	} {
		j := held(run, 300)
		j.cursor, j.begins, j.ends = c.cursor, c.begins, c.ends
		if got := j.Seek(Source{Run: run}, true, history.Span{}) != nil; got != c.want || j.busy != c.want {
			t.Errorf("%s: looked up %v, busy %v", name, got, j.busy)
		}
		if j.Seek(Source{Run: run}, true, history.Span{}) != nil {
			t.Errorf("%s: two are on their way", name)
		}
	}
	near := func(change func(j *List)) *List {
		j := held(run, 300)
		j.cursor, j.begins = 0, false
		change(j)
		return j
	}
	if near(func(*List) {}).Seek(Source{Run: run}, false, history.Span{}) != nil {
		t.Error("more is looked up where the list is not in view")
	}
	if near(func(*List) {}).Seek(Source{}, true, history.Span{}) != nil {
		t.Error("more is looked up before there is a run")
	}
	if near(func(j *List) { j.held = false }).Seek(Source{Run: run}, true, history.Span{}) != nil {
		t.Error("more is looked up for a list that follows")
	}
}

func TestAClickChoosesALineOfThoseInView(t *testing.T) {
	s := snap(nil, 100, 100)
	j := &List{}
	if j.Choose(View{s, 20}, 3); j.cursor != 83 || !j.held {
		t.Errorf("the fourth of the last 20 lines is number %d, held %v", j.cursor+1, j.held)
	}
	j = &List{}
	if j.Choose(View{snap(nil, 5, 5), 20}, 3); j.cursor != 3 {
		t.Errorf("the fourth of 5 lines is number %d", j.cursor+1)
	}
}

func TestTheStartIsTheOldestLineWithinReach(t *testing.T) {
	j := &List{}
	if j.Start(View{snap(nil, 100, 100), 20}); j.cursor != 0 || !j.held || len(j.wanted) != 0 {
		t.Errorf("where all are known: cursor %d, held %v, wanted %+v", j.cursor, j.held, j.wanted)
	}
	j = &List{}
	if j.Start(View{snap(nil, 40, 100), 20}); j.cursor != 39 || len(j.wanted) != 1 || j.wanted[0].kind != toFirst {
		t.Errorf("where older ones are not: cursor %d, wanted %+v", j.cursor, j.wanted)
	}
}

func TestTheEventsOfOneSensorAreThoseOfTheSelectedOne(t *testing.T) {
	for _, c := range []struct {
		only             bool
		sensor, selected int
		held             bool
		want             int
	}{
		{false, 3, 4, true, 3}, {true, 3, 3, true, 3}, {true, 3, 4, false, 4},
	} {
		j := held(nil, 10)
		j.Only, j.sensor = c.only, c.sensor
		if j.Selected(c.selected); j.held != c.held || j.sensor != c.want {
			t.Errorf("of sensor %d alone %v, %d is selected: held %v, sensor %d", c.sensor, c.only, c.selected, j.held, j.sensor)
		}
	}
}
