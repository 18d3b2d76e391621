package model

import "resiltui/internal/views/draw"

// hint is a word of the footer for one key of a row. A row may have several: for
// several keys, or for several states of the dashboard.
type hint struct {
	// rank is its place, the smallest first; where there is no room for all, the
	// last go. The table leaves room between two.
	rank      int
	key, word string
	// when is the state in which it is there; nil is always. Where the keys are off
	// it is not there either.
	when func(*Model) bool
}

// footerHint is a hint and its row.
type footerHint struct {
	hint
	row *keyRow
}

// footerRoom is from which width on the footer names what the palette has too.
const footerRoom = 100

// footer has the footer of a live screen name the row, by its first key and its
// word.
func (r *keyRow) footer(rank int) *keyRow {
	return r.hint(rank, r.strokes[0].key, r.word, not((*Model).frozen))
}

// wideFooter is footer where there is room.
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

// footer is the hints for the state the dashboard is in.
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

// The states that hints are for, beside a frozen screen.

// usual is a live screen with sensors on it.
func (m *Model) usual() bool { return !m.frozen() && !m.noneShown() }

func liveAndEmpty(m *Model) bool { return !m.frozen() && m.noneShown() }
func whileLocked(m *Model) bool  { return m.usual() && m.locked }
func afterTheEnd(m *Model) bool  { return m.usual() && m.frame.Snap.Ended }
func onMaximised(m *Model) bool  { return m.usual() && m.frame.Maximised }
func onDetail(m *Model) bool     { return m.usual() && m.frame.Detail }
func whilePaused(m *Model) bool  { return !m.frozen() && m.frame.Snap.Paused }
func whilePassing(m *Model) bool { return !m.frozen() && !m.frame.Snap.Paused }
