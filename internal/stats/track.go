package stats

import (
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/stats/ring"
)

// Limits of what is kept of many sensors: as much as of fullTracks ones
// altogether, and at least what a terminal of ordinary width shows.
const (
	fullTracks   = 64
	leastColumns = 160
	leastRecent  = 24
)

// Columns is how many calls of each sensor's score are kept where there are so many
// sensors: MaxColumns of up to 64, fewer of more, and never fewer than 160. The
// tracks of a wider screen begin further right then.
func Columns(sensors int) int { return depth(sensors, MaxColumns, leastColumns) }

// Recent is how many calls of each sensor are kept with their attempts where there
// are so many sensors: MaxRecent of up to 64, fewer of more, and never fewer than
// 24.
func Recent(sensors int) int { return depth(sensors, MaxRecent, leastRecent) }

func depth(sensors, most, least int) int {
	if sensors <= fullTracks {
		return most
	}
	return max(most*fullTracks/sensors, least)
}

// column is a Column in three quarters of its memory.
type column struct {
	at, took time.Duration
	// what is the mark, the state, probe and fault, and above them the batch.
	what uint64
}

// Places in column.what.
const (
	stateAt = 4 // four bits each for the mark and the state
	probeAt = 8
	faultAt = 9
	batchAt = 10
)

func narrow(c Column) column {
	return column{c.At, c.Took, uint64(c.Mark) | uint64(c.State)<<stateAt |
		flag(c.Probe, 1<<probeAt) | flag(c.Fault, 1<<faultAt) | uint64(c.Batch)<<batchAt}
}

// flag is the mask where yes.
func flag(yes bool, mask uint64) uint64 {
	if yes {
		return mask
	}
	return 0
}

func (c column) wide() Column {
	return Column{
		Batch: int(int64(c.what) >> batchAt), At: c.at, Took: c.took,
		Mark: event.Mark(c.what & 15), State: breaker.State(c.what >> stateAt & 15),
		Probe: c.what>>probeAt&1 != 0, Fault: c.what>>faultAt&1 != 0,
	}
}

// lastColumns copies the newest n columns, oldest first.
func lastColumns(r *ring.Of[column], n int) []Column {
	n = min(n, r.Len())
	if n <= 0 {
		return nil
	}
	out := make([]Column, n)
	first := r.Len() - n
	for i := range out {
		out[i] = r.At(first + i).wide()
	}
	return out
}
