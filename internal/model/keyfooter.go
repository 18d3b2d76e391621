package model

import "resiltui/internal/views/draw"

// hint is a word of the footer for one key of a row. A row may have several hints,
// for several keys or for several states of the dashboard.
type hint struct {
	// rank is the place in the footer, the smallest first; without room for all,
	// the last are left out. The table leaves gaps between ranks for new hints.
	rank      int
	key, word string
	// when is the condition for the hint; nil is always. Keys that are off have no
	// hint.
	when func(*Model) bool
}

// footerHint is a hint with its row.
type footerHint struct {
	hint
	row *keyRow
}

// footerRoom is the width from which on the footer also names keys that the palette
// has.
const footerRoom = 100

// footer adds the first key of the row and its word to the footer of a live screen.
func (r *keyRow) footer(rank int) *keyRow {
	return r.hint(rank, r.strokes[0].key, r.word, not((*Model).frozen))
}

// wideFooter is footer for wide screens only.
func (r *keyRow) wideFooter(rank int) *keyRow {
	return r.hint(rank, r.strokes[0].key, r.word, func(m *Model) bool {
		return !m.frozen() && m.frame.Width >= footerRoom
	})
}

// hint adds a word to the footer.
func (r *keyRow) hint(rank int, key, word string, when func(*Model) bool) *keyRow {
	r.hints = append(r.hints, hint{rank, key, word, when})
	return r
}

// footer is the hints for the present state of the dashboard.
func (m *Model) footer() []draw.Hint {
	var hints []draw.Hint
	for i := range m.keys.footer {
		h := &m.keys.footer[i]
		if (h.when == nil || h.when(m)) && m.keys.off(m, h.row) == nil {
			hints = append(hints, draw.Hint{Key: h.key, Word: h.word})
		}
	}
	return hints
}

// Conditions for hints, in addition to a frozen screen.

// usual is a live screen that shows sensors.
func (m *Model) usual() bool { return !m.frozen() && !m.noneShown() }

func liveAndEmpty(m *Model) bool { return !m.frozen() && m.noneShown() }
func whileLocked(m *Model) bool  { return m.usual() && m.locked }
func afterTheEnd(m *Model) bool  { return m.usual() && m.frame.Snap.Ended }
func onMaximised(m *Model) bool  { return m.usual() && m.frame.Maximised }
func onDetail(m *Model) bool     { return m.usual() && m.frame.Detail }
func whilePaused(m *Model) bool  { return !m.frozen() && m.frame.Snap.Paused }
func whilePassing(m *Model) bool { return !m.frozen() && !m.frame.Snap.Paused }
