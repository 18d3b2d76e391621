package conformance

import (
	"testing"
	"testing/synctest"
)

// row is one known bug.
type row struct {
	id  string
	bug string
	// asks is what the scenario checks, as a sentence.
	asks string
	// play runs the scenario and returns what went wrong, or nothing. What it
	// returns stands in the table, so it must be the same in every run.
	play func(t *testing.T, l library) string
	// own holds scenarios in place of play, by library, where the settings or
	// the functions that the bug is about differ too much.
	own map[string]func(t *testing.T) string
	// real is for what cannot be shown in fake time.
	real bool

	// The rest is by library. fails is what play is known to return; skip is why
	// the bug cannot be there; note is what a reader should know besides; when
	// qualifies the verdict in the table.
	fails, skip, note, when map[string]string
	// mended is the scenario with the setting that the note says avoids the
	// failure. It must pass.
	mended map[string]func(t *testing.T) string
}

// result is what became of a row with one library.
type result struct {
	verdict string // pass, fail or n/a
	when    string // qualifies the verdict
	words   string // what was seen, or why it does not apply
	note    string
}

// run plays r with l and compares the outcome with what is known.
func (r row) run(t *testing.T, l library, version string) result {
	if why, ok := r.skip[l.name]; ok {
		return result{verdict: "n/a", words: why, note: r.note[l.name]}
	}
	seen := ""
	play := func(t *testing.T) {
		if f := r.own[l.name]; f != nil {
			seen = f(t)
		} else {
			seen = r.play(t, l)
		}
	}
	if r.real {
		play(t)
	} else {
		synctest.Test(t, play)
	}
	if t.Failed() {
		return result{}
	}
	if f := r.mended[l.name]; f != nil {
		synctest.Test(t, func(t *testing.T) {
			if seen := f(t); seen != "" {
				t.Errorf("%s: %s %s: the setting of the remark does not avoid it: %s", r.id, l.name, version, seen)
			}
		})
	}
	known := r.fails[l.name]
	switch {
	case seen == known:
	case known == "":
		t.Errorf("%s: %s %s: %s", r.id, l.name, version, seen)
	case seen == "":
		t.Errorf("%s: %s %s no longer fails, so the table is out of date: it used to say %q", r.id, l.name, version, known)
	default:
		t.Errorf("%s: %s %s fails otherwise than the table says:\n got %q\nwant %q", r.id, l.name, version, seen, known)
	}
	if seen == "" {
		return result{verdict: "pass", when: r.when[l.name], note: r.note[l.name]}
	}
	return result{verdict: "fail", when: r.when[l.name], words: seen, note: r.note[l.name]}
}
