package clock

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// program is a task for the property below: a list of things to do.
type program []op

type op struct {
	kind  opKind
	d     time.Duration // sleep: how long
	limit time.Duration // sleep, wait: a deadline from now; never: none
	child program       // spawn: what the new task does
}

type opKind int

const (
	opSleep opKind = iota
	opSpawn        // into the group of the task
	opWait         // on the group of the task
	opGoexit
)

// programs draws a tree of tasks. Times are small, so that many coincide.
func programs(depth int) *rapid.Generator[program] {
	return rapid.Custom(func(t *rapid.T) program {
		kinds := []opKind{opSleep, opSleep, opWait, opGoexit}
		if depth > 0 {
			kinds = append(kinds, opSpawn, opSpawn, opSpawn)
		}
		return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) op {
			o := op{kind: rapid.SampledFrom(kinds).Draw(t, "kind"), limit: never}
			switch o.kind {
			case opSleep:
				o.d = time.Duration(rapid.IntRange(0, 4).Draw(t, "d"))
				fallthrough
			case opWait:
				if rapid.Bool().Draw(t, "limited") {
					o.limit = time.Duration(rapid.IntRange(0, 4).Draw(t, "limit"))
				}
			case opSpawn:
				o.child = programs(depth-1).Draw(t, "child")
			case opGoexit:
			}
			return o
		}), 0, 6).Draw(t, "ops")
	})
}

// onVirtual runs roots on a Virtual and returns what happened when. A task's
// name says where in the tree it stands.
func onVirtual(roots []program, run func(v *Virtual) error) (trace []string, err error) {
	v := NewVirtual()
	var perform func(name string, p program)
	perform = func(name string, p program) {
		g := v.Group()
		for i, o := range p {
			ctx, cancel := context.Background(), func() {}
			if o.limit != never {
				ctx, cancel = v.WithTimeout(ctx, o.limit)
			}
			var got error
			switch o.kind {
			case opSleep:
				got = v.Sleep(ctx, o.d)
			case opWait:
				got = g.Wait(ctx)
			case opSpawn:
				child := fmt.Sprintf("%s.%d", name, i)
				g.Go(func() { perform(child, o.child) })
			case opGoexit:
				cancel()
				runtime.Goexit()
			}
			cancel()
			trace = append(trace, fmt.Sprintf("%d %s #%d %v", v.Now(), name, i, got))
		}
	}
	for i, p := range roots {
		v.Start(func() { perform(fmt.Sprint(i), p) })
	}
	return trace, run(v)
}

// model is the reference: an interpreter of programs that looks for the next
// wake-up in an unsorted list.
type model struct {
	now    time.Duration
	seq    uint64
	due    []*modelTask
	trace  []string
	parent map[*modelTask]*modelTask
}

type modelTask struct {
	name     string
	program  program
	pc       int
	at       time.Duration
	seq      uint64
	children int
	waiting  bool
	resumed  bool // the op at pc has begun, and is to be completed
	err      error
}

func (m *model) start(name string, p program, parent *modelTask) {
	t := &modelTask{name: name, program: p}
	m.parent[t] = parent
	m.schedule(t, m.now, 0)
}

func (m *model) schedule(t *modelTask, at time.Duration, class uint64) {
	m.seq++
	t.at, t.seq = at, m.seq|class
	m.due = append(m.due, t)
}

func (m *model) run(roots []program) []string {
	m.parent = map[*modelTask]*modelTask{}
	for i, p := range roots {
		m.start(fmt.Sprint(i), p, nil)
	}
	for len(m.due) > 0 {
		t := slices.MinFunc(m.due, func(a, b *modelTask) int {
			return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.seq, b.seq))
		})
		m.due = slices.DeleteFunc(m.due, func(o *modelTask) bool { return o == t })
		m.now = t.at
		if m.perform(t) {
			m.end(t)
		}
	}
	return m.trace
}

// perform goes on with t and says whether it has ended.
func (m *model) perform(t *modelTask) bool {
	for ; t.pc < len(t.program); t.pc++ {
		o := t.program[t.pc]
		var got error
		switch {
		case o.kind == opGoexit:
			return true
		case o.kind == opSpawn:
			t.children++
			m.start(fmt.Sprintf("%s.%d", t.name, t.pc), o.child, t)
		case o.kind == opSleep && !t.resumed:
			switch {
			case o.d == 0: // with a limit of 0 it is a tie
			case o.limit == 0:
				got = context.DeadlineExceeded
			default:
				t.resumed = true
				if o.limit < o.d {
					t.err = context.DeadlineExceeded
				}
				m.schedule(t, m.now+min(o.d, o.limit), 0)
				return false
			}
		case o.kind == opWait && !t.resumed && t.children > 0:
			if o.limit == 0 {
				got = context.DeadlineExceeded
				break
			}
			t.resumed, t.waiting = true, true
			if o.limit != never {
				m.schedule(t, m.now+o.limit, late)
			}
			return false
		case t.resumed:
			got = t.err
			if o.kind == opWait && t.children > 0 {
				got = context.DeadlineExceeded
			}
			t.resumed, t.waiting, t.err = false, false, nil
		}
		m.trace = append(m.trace, fmt.Sprintf("%d %s #%d %v", m.now, t.name, t.pc, got))
	}
	return true
}

func (m *model) end(t *modelTask) {
	p := m.parent[t]
	if p == nil {
		return
	}
	p.children--
	if p.children > 0 || !p.waiting {
		return
	}
	if i := slices.Index(m.due, p); i >= 0 {
		if p.at <= m.now {
			return
		}
		m.due = slices.Delete(m.due, i, i+1)
	}
	m.schedule(p, m.now, 0)
}

func TestAnyTreeOfTasksRunsAsTheReferenceSaysAndTwiceAlike(t *testing.T) {
	unpaced := func(v *Virtual) error { return v.Run(context.Background()) }
	inSlices := func(v *Virtual) error {
		for to := time.Duration(0); v.Tasks() > 0; to++ {
			if err := v.RunTo(to); err != nil {
				return err
			}
		}
		return nil
	}
	rapid.Check(t, func(t *rapid.T) {
		roots := rapid.SliceOfN(programs(3), 1, 4).Draw(t, "roots")
		want := new(model).run(roots)
		for _, run := range []func(v *Virtual) error{unpaced, unpaced, inSlices} {
			got, err := onVirtual(roots, run)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("got\n%q\nwant\n%q", got, want)
			}
		}
	})
}

func TestTheQueueGivesItsEntriesInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var q queue
		var want []entry
		for seq := range rapid.Uint64Range(0, 200).Draw(t, "n") {
			if len(want) > 0 && rapid.IntRange(0, 3).Draw(t, "remove") == 0 {
				i := rapid.IntRange(0, len(want)-1).Draw(t, "which")
				if want[i].task.pos != due {
					q.later.remove(want[i].task.pos)
					want = slices.Delete(want, i, i+1)
				}
				continue
			}
			e := entry{at: time.Duration(rapid.IntRange(0, 50).Draw(t, "at")), seq: seq, task: &task{}}
			if e.at == 0 { // the present
				q.pushDue(e)
			} else {
				q.later.push(e)
			}
			want = append(want, e)
		}
		slices.SortFunc(want, func(a, b entry) int {
			return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.seq, b.seq))
		})
		for i, e := range q.later {
			if e.task.pos != i {
				t.Fatalf("the entry at %d believes to be at %d", i, e.task.pos)
			}
		}
		for _, e := range want {
			if got := q.pop(); got != e || got.task.pos != -1 {
				t.Fatalf("got %v, want %v", got, e)
			}
		}
		if q.len() != 0 {
			t.Fatalf("%d entries are left", q.len())
		}
	})
}
