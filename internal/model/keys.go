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

// keyTable is the table of all keys of the dashboard. Help, footer, docs/keys.md
// and the handling of keys all use this one table, so they always agree.
type keyTable struct {
	// groups are the rows in the order of the help.
	groups []group
	// reasons are the reasons why rows may be off, indexed by need.
	reasons []reason
	// footer is the hints of all rows, sorted by rank.
	footer []footerHint
}

// group is a heading of the help with its rows.
type group struct {
	title string
	rows  []*keyRow
}

// keyRow is one row of the table: keys that belong together, their texts, and
// their conditions. Two rows may share a key if it never has two meanings in the
// same state of the dashboard.
type keyRow struct {
	key.Binding
	// strokes are the keys, each with its function.
	strokes []stroke
	// needs is a bit set of the conditions of the keys.
	needs uint
	// word is a short name of the row, for the footer and the caption; where it is
	// empty the caption uses the text of the help.
	word string
	// hints are the row's hints in the footer.
	hints []hint
	// aimed adds the target of the keys to the caption.
	aimed bool
	// always marks keys that work even while a dialog is open.
	always bool
}

// stroke is a key and its function.
type stroke struct {
	key string
	do  func(*Model) tea.Cmd
}

func on(key string, do func(*Model) tea.Cmd) stroke { return stroke{key, do} }

// asks is a key that sends a command to the run: do gets the text that events show
// for who asked.
func asks(key string, do func(m *Model, who string) tea.Cmd) stroke {
	return stroke{key, func(m *Model) tea.Cmd { return do(m, dialog.By(key)) }}
}

// bind makes a row with its text in the help.
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

// shownAs sets how the help writes the keys, where that is not their names, as for
// arrows.
func (r *keyRow) shownAs(keys string) *keyRow { r.SetHelp(keys, r.Help().Desc); return r }

func (r *keyRow) named(word string) *keyRow { r.word = word; return r }
func (r *keyRow) anywhere() *keyRow         { r.always = true; return r }

// with adds conditions to the row.
func (r *keyRow) with(needs ...need) *keyRow {
	for _, n := range needs {
		r.needs |= 1 << n
	}
	return r
}

func (r *keyRow) has(n need) bool { return r.needs&(1<<n) != 0 }

// onTarget is for keys that act on the selected sensor, or on all sensors that are
// shown, while the run goes on; the caption names the target.
func (r *keyRow) onTarget() *keyRow {
	r.aimed = true
	return r.with(aSensor, goingOn, thePresent)
}

// asFault is for keys that inject faults. They can be locked.
func (r *keyRow) asFault() *keyRow { return r.onTarget().with(unlocked) }

// newKeyTable makes the table of the dashboard.
func newKeyTable() keyTable { return tableOf(keyGroups()) }

// tableOf makes the table for these rows.
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

// find returns the row and the stroke that a key has now; nil where it has no
// meaning.
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

// off is the first reason why the keys of a row are off now, nil where they are
// on.
func (t *keyTable) off(m *Model, r *keyRow) *reason {
	for n := range t.reasons {
		if why := &t.reasons[n]; r.has(need(n)) && why.missing(m) {
			return why
		}
	}
	return nil
}

// means says whether the keys of a row have a meaning in this run and on this
// page.
func (t *keyTable) means(m *Model, r *keyRow) bool {
	why := t.off(m, r)
	return why == nil || why.kind == refused
}

// exists says whether the keys of a row have a meaning anywhere in this run.
func (t *keyTable) exists(m *Model, r *keyRow) bool {
	why := t.off(m, r)
	return why == nil || why.kind != absent
}

// helpGroups is the table as the help shows it.
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
