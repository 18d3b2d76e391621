package clock

import "time"

// late is set in the sequence number of a wake-up that comes after all others
// of its instant: the deadline of a Wait, so that a group that ends at that
// very instant has won.
const late = uint64(1) << 63

// entry is one wake-up. Entries are ordered by time, then by sequence number,
// which no two share; so the order is total and the same in every run.
type entry struct {
	at   time.Duration
	seq  uint64
	task *task
}

func (e *entry) before(o *entry) bool {
	return e.at < o.at || e.at == o.at && e.seq < o.seq
}

// arity is the number of children of a node. Four of them lie in two cache
// lines, and the tree is half as deep as a binary one.
const arity = 4

// queue is a heap of wake-ups, the next one first. A task has at most one
// entry, and knows where it is (task.pos), so that it can be taken out when
// something else wakes the task: a wake-up that is never used up would
// otherwise stay until its time, which may be hours away.
type queue []entry

func (q *queue) push(e entry) {
	*q = append(*q, e)
	q.up(len(*q)-1, e)
}

func (q *queue) pop() entry {
	first := (*q)[0]
	q.remove(0)
	return first
}

// remove takes the entry at pos out.
func (q *queue) remove(pos int) {
	h := *q
	h[pos].task.pos = -1
	end := len(h) - 1
	moved := h[end]
	h[end] = entry{} // lets go of the task
	*q = h[:end]
	if pos == end {
		return
	}
	if pos > 0 && moved.before(&h[(pos-1)/arity]) {
		q.up(pos, moved)
		return
	}
	q.down(pos, moved)
}

// up puts e at pos, or above it where it belongs.
func (q *queue) up(pos int, e entry) {
	h := *q
	for pos > 0 {
		parent := (pos - 1) / arity
		if !e.before(&h[parent]) {
			break
		}
		h[pos] = h[parent]
		h[pos].task.pos = pos
		pos = parent
	}
	h[pos] = e
	e.task.pos = pos
}

// down puts e at pos, or below it where it belongs.
func (q *queue) down(pos int, e entry) {
	h := *q
	for {
		child := pos*arity + 1
		if child >= len(h) {
			break
		}
		least := child
		for i := child + 1; i < min(child+arity, len(h)); i++ {
			if h[i].before(&h[least]) {
				least = i
			}
		}
		if !h[least].before(&e) {
			break
		}
		h[pos] = h[least]
		h[pos].task.pos = pos
		pos = least
	}
	h[pos] = e
	e.task.pos = pos
}
