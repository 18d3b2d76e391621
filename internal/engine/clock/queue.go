package clock

import "time"

// late is set in the sequence number of a wake-up that comes after all others
// of its instant: the deadline of a Wait, so that a group that ends at that
// very instant wins.
const late = uint64(1) << 63

// entry is one wake-up. Entries are ordered by time, then by sequence number,
// which no two share; so the order is total and the same in every run.
type entry struct {
	at   time.Duration
	seq  uint64
	task *task // nil for the wake-up of a lane
	lane *Lane // nil for the wake-up of a task
}

func (e *entry) before(o *entry) bool {
	return e.at < o.at || e.at == o.at && e.seq < o.seq
}

// moved records in the task where its wake-up is. A lane need not know, because
// only time wakes it. So the wake-ups of thousands of lanes are sorted without
// reading the lanes themselves, which would cost a cache miss each.
func (e *entry) moved(pos int) {
	if e.task != nil {
		e.task.pos = pos
	}
}

// arity is the number of children of a node. Four of them fill two cache lines,
// and the tree is half as deep as a binary one.
const arity = 4

// due is the position of a task whose wake-up waits in queue.due.
const due = -2

// queue holds the wake-ups. A task or a lane has at most one. A task knows where it
// is (task.pos), so that it can be taken out when something else wakes the task: an
// unused wake-up would otherwise stay until its time, which may be hours away.
//
// Wake-ups that are due at the moment of the request, as for every task of a
// batch when it is started, come in the order of their sequence numbers anyway.
// They are appended to a list, which is cheaper than inserting each into a heap
// of thousands.
type queue struct {
	later heap
	due   []entry // from head on
	head  int
}

func (q *queue) len() int { return len(q.later) + len(q.due) - q.head }

// first is the next wake-up. There must be one.
func (q *queue) first() *entry {
	if q.heapFirst() {
		return &q.later[0]
	}
	return &q.due[q.head]
}

// heapFirst reports whether the next wake-up is in the heap.
func (q *queue) heapFirst() bool {
	return q.head == len(q.due) || len(q.later) > 0 && q.later[0].before(&q.due[q.head])
}

// pushDue adds a wake-up that is due now. It has the highest sequence number.
func (q *queue) pushDue(e entry) {
	e.moved(due)
	q.due = append(q.due, e)
}

func (q *queue) pop() entry {
	if q.heapFirst() {
		e := q.later[0]
		q.later.remove(0)
		return e
	}
	e := q.due[q.head]
	e.moved(-1)
	q.due[q.head].task, q.due[q.head].lane = nil, nil // so that it can be freed
	q.head++
	if 2*q.head >= len(q.due) { // half of it is used up: the rest moves to the front
		q.due = q.due[:copy(q.due, q.due[q.head:])]
		q.head = 0
	}
	return e
}

// replace takes the next wake-up out and puts another in, which costs little more
// than one of the two alone.
func (q *queue) replace(e entry) {
	if q.heapFirst() {
		q.later[0].moved(-1)
		q.later.down(0, e)
		return
	}
	q.pop()
	q.later.push(e)
}

// heap is a tree of wake-ups, the next one first.
type heap []entry

func (q *heap) push(e entry) {
	*q = append(*q, e)
	q.up(len(*q)-1, e)
}

// remove takes the entry at pos out.
func (q *heap) remove(pos int) {
	h := *q
	h[pos].moved(-1)
	end := len(h) - 1
	last := h[end]
	h[end] = entry{} // so that the task can be freed
	*q = h[:end]
	if pos == end {
		return
	}
	if pos > 0 && last.before(&h[(pos-1)/arity]) {
		q.up(pos, last)
		return
	}
	q.down(pos, last)
}

// up puts e at pos, or above it where it belongs.
func (q *heap) up(pos int, e entry) {
	h := *q
	for pos > 0 {
		parent := (pos - 1) / arity
		if !e.before(&h[parent]) {
			break
		}
		h[pos] = h[parent]
		h[pos].moved(pos)
		pos = parent
	}
	h[pos] = e
	e.moved(pos)
}

// down puts e at pos, or below it where it belongs.
func (q *heap) down(pos int, e entry) {
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
		h[pos].moved(pos)
		pos = least
	}
	h[pos] = e
	e.moved(pos)
}
