package engine

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"resiltui/internal/engine/event"
)

const (
	// recent is how many of the newest batches hold the state of the run at
	// their start: the present one and the 32 before it.
	recent = 33
	// sparse is, among older batches, the distance from one that holds the
	// state to the next. Those in between are simulated when they are needed.
	sparse = 32
	// mostKept is how many batches a run can be rehearsed from: ten minutes at two a
	// second. Runs of more than 64 sensors keep as many reads as those of 64.
	mostKept, mostKeptReads = 1200, 64 * 1200
)

// loggedBatch is a batch in the command log: the state at its start, and the commands then.
type loggedBatch struct {
	from     *startState
	commands []event.Command // in the order in which they were carried out; only added to
}

// commandLog holds the newest batches. It is written by the run, and read from anywhere.
type commandLog struct {
	config Config // of the run, from which it is simulated again
	most   int    // batches

	mu      sync.Mutex
	batches []loggedBatch // oldest first
}

func newCommandLog(config Config) *commandLog {
	sensors := max(len(config.Members), 1)
	return &commandLog{config: config, most: min(max(mostKeptReads/sensors, recent), mostKept)}
}

// begin adds a batch.
func (l *commandLog) begin(c *startState) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.batches) == l.most {
		l.batches = slices.Delete(l.batches, 0, max(l.most/8, 1)) // several: it moves the rest
	}
	l.batches = append(l.batches, loggedBatch{from: c})
	if i := len(l.batches) - 1 - recent; i > 0 {
		l.thin(i)
	}
}

// thin drops the state held by a batch, unless the last batch that still holds one is
// sparse batches before it.
func (l *commandLog) thin(i int) {
	before, this := l.batches[i-1], &l.batches[i]
	if gap := before.from.gap + 1; this.from.gap > 0 || gap < sparse {
		this.from = between(before, this.from.batch, this.from.at, &l.config)
	}
}

// note adds a command to the newest batch.
func (l *commandLog) note(cmd event.Command) {
	cmd.Sensors = slices.Clone(cmd.Sensors)
	l.mu.Lock()
	defer l.mu.Unlock()
	last := &l.batches[len(l.batches)-1]
	last.commands = append(last.commands, cmd)
}

// last returns the newest n batches, or as many as there are.
func (l *commandLog) last(n int) []loggedBatch {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.batches[max(0, len(l.batches)-n):])
}

// oldest is where the oldest batch begins; nil where there is none.
func (l *commandLog) oldest() *startState {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.batches) == 0 {
		return nil
	}
	return l.batches[0].from
}

// around returns the batch that was in progress at a time, with as many before and
// after it. Where there are fewer on one side there are more on the other. It is nil
// where that batch is no longer kept.
func (l *commandLog) around(at time.Duration, before, after int) []loggedBatch {
	l.mu.Lock()
	defer l.mu.Unlock()
	i, begins := slices.BinarySearchFunc(l.batches, at, func(b loggedBatch, at time.Duration) int {
		return cmp.Compare(b.from.at, at)
	})
	if !begins {
		i--
	}
	if i < 0 {
		return nil
	}
	first := max(min(i-before, len(l.batches)-1-before-after), 0)
	return slices.Clone(l.batches[first:min(first+before+1+after, len(l.batches))])
}
