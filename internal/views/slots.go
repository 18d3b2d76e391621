package views

import (
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// In real time a column is a slot of time, the same for all endpoints, so that one outage
// lines up through all of them.

// longestRowSlot is the longest slot that rows have by themselves: what happens a minute
// ago must not look as if it had just happened.
const longestRowSlot = 30 * time.Second

// SlotLength is how much time a column stands for: what the user chose, else a length in
// which every endpoint is asked. Where short is true it is at most 30 s by itself, and
// endpoints that are asked more rarely have blanks.
func (f *Frame) SlotLength(short bool) time.Duration {
	if f.Slot > 0 || f.Snap.Run == nil {
		return f.Slot
	}
	var intervals []time.Duration
	for i := range f.Snap.Run.Sensors {
		intervals = append(intervals, f.Snap.Run.Sensors[i].Interval)
	}
	slot := stats.SlotFor(intervals...)
	if short {
		slot = min(slot, longestRowSlot)
	}
	return slot
}

// SlotBegin is when the slot began that holds a moment.
func (f *Frame) SlotBegin(at, slot time.Duration) time.Duration {
	if slot <= 0 {
		return at
	}
	date, ok := f.Snap.Run.Date(at)
	if !ok {
		return at - at%slot
	}
	return at - time.Duration(date.UnixNano()%int64(slot))
}

// runningFrom is since when a call of an endpoint is under way: its last call began an
// interval ago or more, and it has not ended.
func (f *Frame) runningFrom(v *stats.SensorView) (from time.Duration, ok bool) {
	if v.Interval <= 0 || f.Snap.Paused || f.Snap.Ended {
		return 0, false
	}
	if v.Calls > 0 {
		from = v.LastAt - v.LastTook + v.Interval
		from = max(from, v.LastAt) // the interval may be over before the call was
	}
	return from, from < f.Now
}

// DrawSlots writes the call track of slots: what the worst call in each came to, and
// where the newest one is still under way.
func (s *Screen) DrawSlots(p *draw.Pen, v *stats.SensorView, n int) {
	from, running := s.Frame.runningFrom(v)
	slot := s.Layout.Slot
	DrawTrack(p, v.Columns, n, func(c *stats.Column) (string, draw.Role) {
		if running && c.Mark == event.MarkNone && c.At+slot > from && c.At <= s.Frame.Now {
			return string(s.Look.Behind), draw.Label
		}
		return MarkSign(c.Mark)
	})
}

// DrawSlotStates writes the state track of slots. Where no call was the breaker stayed as
// it had been; before the first call the track is blank.
func (s *Screen) DrawSlotStates(p *draw.Pen, v *stats.SensorView, n int) {
	state, known := breaker.Closed, false
	DrawTrack(p, v.Columns, n, func(c *stats.Column) (string, draw.Role) {
		if c.Mark != event.MarkNone {
			state, known = c.State, true
		}
		if !known || c.At > s.Frame.Now {
			return " ", draw.Plain
		}
		return StateSign(state, c.Probe)
	})
}

// SlotAxis writes the axis under tracks of n slots: the clock times of its ends, and
// between them the longest of the texts that fits.
func (s *Screen) SlotAxis(p *draw.Pen, gutter, n int, texts ...string) {
	run, slot := s.Frame.Snap.Run, s.Layout.Slot
	end := gutter + n
	first := s.Frame.SlotBegin(s.Frame.Now, slot) - slot*time.Duration(max(n-1, 0))
	from, now := sentence.Moment(run, first), sentence.Moment(run, s.Frame.Now)
	room := n - words.Width(from) - words.Width(now)
	p.To(gutter)
	if room >= 2 {
		p.Text(draw.Label, from)
		if text := words.FirstFit(room-2, append(texts, "")...); text != "" {
			p.To(gutter + words.Width(from) + max(1, min((room-words.Width(text))/2, 10)))
			p.Text(draw.Label, text)
		}
	}
	p.Right(draw.Label, now, end, 0)
}
