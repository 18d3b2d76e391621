package engine

import (
	"slices"
	"sync"

	"resiltui/internal/engine/event"
)

// kept is how many batches a run can be rehearsed from: the present one and the 32
// before it.
const kept = 33

// page is a batch in the journal: where it began, and what was asked at its start.
type page struct {
	from     *checkpoint
	commands []event.Command // in the order in which they were carried out; only added to
}

// journal holds the newest pages. It is written by the run, and read from anywhere.
type journal struct {
	mu    sync.Mutex
	pages []page // oldest first
}

// begin opens the page of a batch.
func (j *journal) begin(c *checkpoint) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.pages) == kept {
		j.pages = slices.Delete(j.pages, 0, 1)
	}
	j.pages = append(j.pages, page{from: c})
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
