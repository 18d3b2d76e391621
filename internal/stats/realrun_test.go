package stats

import (
	"fmt"
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/scenario"
)

// E2: events out of order. A real run, told by its events alone.
func TestBugE2TheTransitionsOfARealRunFollowOneAnother(t *testing.T) {
	order := &orderOf{state: map[int]breaker.State{}}
	counts := New()
	pipelineInto(t, event.NewHub(counts, order), scenario.DefaultSeed, 120)
	if order.wrong != "" {
		t.Error(order.wrong)
	}
	if order.changes < 10 {
		t.Errorf("only %d transitions: the run says too little", order.changes)
	}
	s := counts.Snapshot(Query{Lines: MaxLines})
	var open int
	for _, v := range s.Sensors {
		m := v.Counts.Metrics
		if m.TotalCalls != 120 || m.TotalCalls != m.SuccessCalls+m.FailureCalls+m.FastFailCount+m.IgnoredCalls || v.Calls != 120 {
			t.Errorf("%s: %+v", v.ID, m)
		}
		if m.CircuitOpenCount != v.Circuit.Opens {
			t.Errorf("%s: %d openings were told, the breaker counts %d", v.ID, m.CircuitOpenCount, v.Circuit.Opens)
		}
		if v.Circuit.State == breaker.Open {
			open++
		}
	}
	if s.Open != open || s.Batch != 120 || !s.Ended || s.Live+s.Stale+s.FastFail+s.Missing != 5 {
		t.Errorf("open %d (want %d), batch %d, ended %v", s.Open, open, s.Batch, s.Ended)
	}
}

// orderOf is an observer that notes the first event out of order.
type orderOf struct {
	state   map[int]breaker.State
	seq     uint64
	at      time.Duration
	changes int
	wrong   string
}

func (o *orderOf) Observe(e *event.Event) {
	o.seq++
	if (e.Seq != o.seq || e.At < o.at) && o.wrong == "" {
		o.wrong = fmt.Sprintf("event %d at %v is numbered %d, after %v", o.seq, e.At, e.Seq, o.at)
	}
	o.at = e.At
	if e.Kind != event.StateChanged {
		return
	}
	o.changes++
	if o.state[e.Sensor] != e.Change.From && o.wrong == "" {
		o.wrong = fmt.Sprintf("event %d: sensor %d leaves %v, it was %v", e.Seq, e.Sensor, e.Change.From, o.state[e.Sensor])
	}
	o.state[e.Sensor] = e.Change.To
}
