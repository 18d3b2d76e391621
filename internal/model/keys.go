package model

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/model/dialog"
	"resiltui/internal/model/dialog/help"
	"resiltui/internal/views/draw"
)

// keyTable is all keys of the dashboard. Help, footer, docs/keys.md and the press
// of a key read this one table, so each shows what is there and nothing else.
type keyTable struct {
	// groups are the rows in the order of the help.
	groups []group
	// reasons are why rows may be off, by what they need.
	reasons []reason
	// footer are the hints of all rows, the most important first.
	footer []footerHint
}

// group is a heading of the help with its rows.
type group struct {
	title string
	rows  []*keyRow
}

// keyRow is one row of the table: keys that belong together, what they are called
// and what they need. Two rows may share a key where no state of the dashboard
// gives it two meanings.
type keyRow struct {
	key.Binding
	// strokes are the keys, each with what it does.
	strokes []stroke
	// needs is what the keys need to act, one bit for each.
	needs uint
	// word is the row in one word, for the footer and the caption; where it is
	// empty the caption says what the help says.
	word string
	// hints are the row's words in the footer.
	hints []hint
	// aimed has the caption say whom the keys act on.
	aimed bool
	// always marks keys of the screen itself, which work whatever is on top of it.
	always bool
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
	return stroke{key, func(m *Model) tea.Cmd { return do(m, dialog.By(key)) }}
}

// bind is a row with the help's words for it.
func bind(help string, strokes ...stroke) *keyRow {
	r := &keyRow{strokes: strokes}
	var keys []string
	for _, s := range strokes {
		keys = append(keys, s.key)
	}
	shown := strings.ReplaceAll(strings.Join(keys, " "), "pgdown", "pgdn")
	r.Binding = key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, help))
	return r
}

// shownAs is for keys that are not called by their names, as arrows are.
func (r *keyRow) shownAs(keys string) *keyRow { r.SetHelp(keys, r.Help().Desc); return r }

func (r *keyRow) named(word string) *keyRow { r.word = word; return r }
func (r *keyRow) anywhere() *keyRow         { r.always = true; return r }

// with makes the row need something.
func (r *keyRow) with(needs ...need) *keyRow {
	for _, n := range needs {
		r.needs |= 1 << n
	}
	return r
}

func (r *keyRow) has(n need) bool { return r.needs&(1<<n) != 0 }

// onTarget is for keys that act on the selected sensor, or on all that are shown,
// of a run that goes on; the caption says on whom.
func (r *keyRow) onTarget() *keyRow {
	r.aimed = true
	return r.with(aSensor, goingOn, thePresent)
}

// asFault is for keys that inject faults, which can be locked.
func (r *keyRow) asFault() *keyRow { return r.onTarget().with(unlocked) }

// newKeyTable is the table of the dashboard.
func newKeyTable() keyTable { return tableOf(keyGroups()) }

// tableOf is the table of these rows.
func tableOf(groups []group) keyTable {
	t := keyTable{groups: groups, reasons: reasons()}
	for _, g := range groups {
		for _, r := range g.rows {
			for _, h := range r.hints {
				t.footer = append(t.footer, footerHint{h, r})
			}
		}
	}
	slices.SortStableFunc(t.footer, func(a, b footerHint) int { return cmp.Compare(a.rank, b.rank) })
	return t
}

// find returns the row that a key belongs to now, and the key's part in it; nil
// where it has no meaning.
func (t *keyTable) find(m *Model, typed tea.KeyPressMsg) (*keyRow, stroke) {
	for _, g := range t.groups {
		for _, r := range g.rows {
			if key.Matches(typed, r.Binding) && t.means(m, r) {
				name := typed.String()
				return r, r.strokes[slices.IndexFunc(r.strokes, func(s stroke) bool { return s.key == name })]
			}
		}
	}
	return nil, stroke{}
}

// off is why the keys of a row do nothing now, nil where they act: the first of
// the reasons.
func (t *keyTable) off(m *Model, r *keyRow) *reason {
	for n := range t.reasons {
		if why := &t.reasons[n]; r.has(need(n)) && why.missing(m) {
			return why
		}
	}
	return nil
}

// means is true where a row's keys have a meaning: in this run, on what is shown.
func (t *keyTable) means(m *Model, r *keyRow) bool {
	why := t.off(m, r)
	return why == nil || why.kind == refused
}

// exists is true where a row's keys have a meaning in this run at all.
func (t *keyTable) exists(m *Model, r *keyRow) bool {
	why := t.off(m, r)
	return why == nil || why.kind != absent
}

// helpGroups is the table for the help.
func (m *Model) helpGroups() []help.Group {
	var groups []help.Group
	for _, g := range m.keys.groups {
		out := help.Group{Title: g.title}
		for _, r := range g.rows {
			if m.keys.exists(m, r) {
				out.Keys = append(out.Keys, draw.Hint{Key: r.Help().Key, Word: r.Help().Desc})
			}
		}
		if len(out.Keys) > 0 {
			groups = append(groups, out)
		}
	}
	return groups
}
