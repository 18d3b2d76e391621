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

// page is a batch in the journal: its checkpoint, and the commands at its start.
type page struct {
	from     *checkpoint
	commands []event.Command // in the order in which they were carried out; only added to
}

// journal holds the newest pages. It is written by the run, and read from anywhere.
type journal struct {
	config Config // of the run, from which it is simulated again
	most   int    // pages

	mu    sync.Mutex
	pages []page // oldest first
}

func newJournal(config Config) *journal {
	sensors := max(len(config.Members), 1)
	return &journal{config: config, most: min(max(mostKeptReads/sensors, recent), mostKept)}
}

// begin opens the page of a batch.
func (j *journal) begin(c *checkpoint) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.pages) == j.most {
		j.pages = slices.Delete(j.pages, 0, max(j.most/8, 1)) // several: it moves the rest
	}
	j.pages = append(j.pages, page{from: c})
	if i := len(j.pages) - 1 - recent; i > 0 {
		j.thin(i)
	}
}

// thin drops the state held by a page, unless the last page that still holds one is
// sparse batches before it.
func (j *journal) thin(i int) {
	before, this := j.pages[i-1], &j.pages[i]
	if gap := before.from.gap + 1; this.from.gap > 0 || gap < sparse {
		this.from = between(before, this.from.batch, this.from.at, &j.config)
	}
}

// note adds a command to the newest page.
func (j *journal) note(cmd event.Command) {
	cmd.Sensors = slices.Clone(cmd.Sensors)
	j.mu.Lock()
	defer j.mu.Unlock()
	last := &j.pages[len(j.pages)-1]
	last.commands = append(last.commands, cmd)
}

// last returns the newest n pages, or as many as there are.
func (j *journal) last(n int) []page {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.pages[max(0, len(j.pages)-n):])
}

// oldest is where the oldest page begins; nil where there is none.
func (j *journal) oldest() *checkpoint {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.pages) == 0 {
		return nil
	}
	return j.pages[0].from
}

// around returns the page that was open at a time, with as many before and after it.
// Where there are fewer on one side there are more on the other. It is nil where that
// page is no longer kept.
func (j *journal) around(at time.Duration, before, after int) []page {
	j.mu.Lock()
	defer j.mu.Unlock()
	i, begins := slices.BinarySearchFunc(j.pages, at, func(p page, at time.Duration) int {
		return cmp.Compare(p.from.at, at)
	})
	if !begins {
		i--
	}
	if i < 0 {
		return nil
	}
	first := max(min(i-before, len(j.pages)-1-before-after), 0)
	return slices.Clone(j.pages[first:min(first+before+1+after, len(j.pages))])
}
