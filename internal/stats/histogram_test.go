package stats

import (
	"math"
	"slices"
	"testing"
	"time"
	"unsafe"

	"pgregory.net/rapid"
)

func TestTheHistogramOfASensorIsLessThanAKilobyte(t *testing.T) {
	size := func(h *histogram) int { return int(unsafe.Sizeof(*h)) + 4*cap(h.counts) }
	var usual, whole histogram
	for d := 10 * ms; d < 30*time.Second; d += ms {
		usual.add(d)
	}
	if got := size(&usual); got > 1024 {
		t.Errorf("latencies from 10 ms to 30 s take %d bytes", got)
	}
	whole.add(math.MaxInt64)
	whole.add(0)
	if got := size(&whole); got > 3500 {
		t.Errorf("the whole range takes %d bytes", got)
	}
}

func TestACloneOfAHistogramIsOfItsOwn(t *testing.T) {
	var h histogram
	h.add(50 * ms)
	c := h.Clone()
	for range 9 {
		c.add(51 * ms)
		c.add(900 * ms)
	}
	if got := h.percentile(50); got != 50*ms || h.count != 1 {
		t.Errorf("p50 of the one that was left alone is %v of %d", got, h.count)
	}
}

func TestAHistogramWithoutSamplesSaysNothing(t *testing.T) {
	var h histogram
	if got := h.percentile(95); got != 0 || h.count != 0 || h.max != 0 {
		t.Errorf("percentile %v, count %d, max %v", got, h.count, h.max)
	}
}

func TestBucketsFollowOneAnotherWithoutAGap(t *testing.T) {
	var end time.Duration
	for i := range bucket(math.MaxInt64) {
		from, width := span(i)
		if from != end {
			t.Fatalf("bucket %d begins at %v, the one before ends at %v", i, from, end)
		}
		end = from + width
		if first, last := bucket(from), bucket(end-1); first != i || last != i {
			t.Fatalf("bucket %d: its ends fall into %d and %d", i, first, last)
		}
		if from >= subBuckets*bucketUnit && width > from/subBuckets {
			t.Fatalf("bucket %d from %v is %v wide", i, from, width)
		}
	}
	if got := bucket(math.MaxInt64); got != bucket(end) || got >= octaves*subBuckets {
		t.Errorf("the longest duration falls into bucket %d, the last begins at %v", got, end)
	}
	if got := bucket(-time.Second); got != 0 {
		t.Errorf("a negative duration falls into bucket %d", got)
	}
}

// exact is the percentile of sorted samples by nearest rank.
func exact(sorted []time.Duration, p int) time.Duration {
	return sorted[max((len(sorted)*p+99)/100, 1)-1]
}

func TestPercentilesAreWithinFourPerCentOfTheExactOnes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Few distinct values, so that many share a bucket at its very edge, of any
		// magnitude from nanoseconds to centuries.
		values := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) int64 {
			return rapid.Int64Range(0, math.MaxInt64>>rapid.IntRange(0, 62).Draw(t, "magnitude")).Draw(t, "value")
		}), 1, 40).Draw(t, "values")
		times := rapid.IntRange(1, 30).Draw(t, "times")
		var h histogram
		var all []time.Duration
		for _, v := range values {
			for range times {
				h.add(time.Duration(v))
				all = append(all, time.Duration(v))
			}
		}
		slices.Sort(all)
		if h.max != all[len(all)-1] || h.count != uint64(len(all)) {
			t.Fatalf("max %v of %d, want %v of %d", h.max, h.count, all[len(all)-1], len(all))
		}
		for p := range 101 {
			got, want := h.percentile(uint64(p)), exact(all, p)
			if diff := (got - want).Abs(); float64(diff) > max(0.035*float64(want), float64(bucketUnit)/2) {
				t.Fatalf("p%d of %d samples is %v, want %v", p, len(all), got, want)
			}
		}
	})
}

func TestPercentilesOfALatencyLikeOneInTheField(t *testing.T) {
	var h histogram
	var all []time.Duration
	for i := range 1000 { // 40 to 60 ms, and a long tail
		d := 40*ms + time.Duration(i*7919%1000)*20*time.Microsecond
		if i%20 == 0 {
			d *= 4
		}
		h.add(d)
		all = append(all, d)
	}
	slices.Sort(all)
	for _, p := range []int{50, 95, 99} {
		got, want := h.percentile(uint64(p)), exact(all, p)
		if off := math.Abs(float64(got-want)) / float64(want); off > 0.032 {
			t.Errorf("p%d is %v, want %v (%.1f %% off)", p, got, want, off*100)
		}
	}
	if got := h.percentile(100); got > h.max {
		t.Errorf("p100 is %v, above the greatest, %v", got, h.max)
	}
}

func TestPercentilesOfVeryShortAndVeryLongCallsAreAsGood(t *testing.T) {
	for _, c := range []struct{ median, step time.Duration }{
		{300 * time.Microsecond, 500 * time.Nanosecond}, {67 * time.Second, 80 * ms}, {9 * time.Hour, 13 * time.Second},
	} {
		var h histogram
		var all []time.Duration
		for i := range 400 {
			d := c.median + time.Duration(i-200)*c.step
			h.add(d)
			all = append(all, d)
		}
		for _, p := range []int{50, 95, 99} {
			got, want := h.percentile(uint64(p)), exact(all, p)
			if off := math.Abs(float64(got-want)) / float64(want); off > 0.032 {
				t.Errorf("about %v p%d is %v, want %v (%.1f %% off)", c.median, p, got, want, off*100)
			}
		}
		if h.percentile(50) >= h.percentile(95) {
			t.Errorf("about %v p50 is %v and p95 %v", c.median, h.percentile(50), h.percentile(95))
		}
	}
}
