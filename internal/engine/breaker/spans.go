package breaker

import "time"

// spans is the window by time: outcomes summed up in buckets, which leave whole.
//
// A bucket begins with its first outcome, not at a mark on the clock, and takes
// outcomes in for width. It leaves when that first outcome is span old. So an
// outcome counts until it is at least span - width and at most span old, wherever
// on the clock it falls, and a burst is never cut in two by an edge.
type spans struct {
	span  time.Duration
	width time.Duration // span / buckets, rounded up
	held  Sample        // the sum of the buckets in use

	// Buckets begin at least a width apart and are less than span old. So there
	// are never more of them in use than the list has.
	list  []bucket
	first int // the oldest in use
	used  int // how many are
}

type bucket struct {
	began time.Duration
	sum   Sample
}

func newSpans(span time.Duration, buckets int) *spans {
	width := span / time.Duration(buckets)
	if width*time.Duration(buckets) < span {
		width++
	}
	return &spans{span: span, width: width, list: make([]bucket, buckets)}
}

// add takes in an outcome of now, which never decreases.
func (s *spans) add(now time.Duration, failed, slow bool) {
	for s.used > 0 && s.over(&s.list[s.first], now) {
		s.held = s.held.minus(s.list[s.first].sum)
		s.first = s.index(1)
		s.used--
	}
	if s.used == 0 || now-s.list[s.index(s.used-1)].began >= s.width {
		s.list[s.index(s.used)] = bucket{began: now}
		s.used++
	}
	s.list[s.index(s.used-1)].sum.add(failed, slow)
	s.held.add(failed, slow)
}

// at returns what is in the window at now. It changes nothing, so that looking at
// the window has no effect even if the clock then goes back.
func (s *spans) at(now time.Duration) Sample {
	held := s.held
	for i := range s.used {
		b := &s.list[s.index(i)]
		if !s.over(b, now) {
			break
		}
		held = held.minus(b.sum)
	}
	return held
}

func (s *spans) over(b *bucket, now time.Duration) bool { return now-b.began >= s.span }

// index is where the i-th bucket in use is, from the oldest on, from 0.
func (s *spans) index(i int) int {
	i += s.first
	if i >= len(s.list) {
		i -= len(s.list)
	}
	return i
}

func (s *spans) clear() { s.held, s.first, s.used = Sample{}, 0, 0 }
