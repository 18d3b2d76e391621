package event

import (
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// recorder is an observer that keeps the numbers it saw.
type recorder struct {
	seqs  []uint64
	kinds []Kind
}

func (r *recorder) Observe(e *Event) {
	r.seqs = append(r.seqs, e.Seq)
	r.kinds = append(r.kinds, e.Kind)
}

// publish publishes n events without a payload.
func publish(h *Hub, n int) {
	for range n {
		h.Publish(Event{Kind: BatchStarted, Sensor: NoSensor})
	}
}

func seqs(events []Event) []uint64 {
	var list []uint64
	for _, e := range events {
		list = append(list, e.Seq)
	}
	return list
}
