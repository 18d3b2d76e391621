package stats

import (
	"math"
	"slices"
	"testing"
	"time"
	"unsafe"

	"pgregory.net/rapid"
)

func TestAHistogramIsOneKilobyte(t *testing.T) {
	if size := unsafe.Sizeof(histogram{}); size > 1024+16 {
		t.Errorf("a histogram takes %d bytes", size)
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
	for i := range octaves * subBuckets {
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
	for _, d := range []time.Duration{end, time.Hour, math.MaxInt64} {
		if got := bucket(d); got != octaves*subBuckets-1 {
			t.Errorf("%v falls into bucket %d", d, got)
		}
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
		// Few distinct values, so that many share a bucket at its very edge; the
		// last bucket, which has no end, apart.
		values := rapid.SliceOfN(rapid.Int64Range(0, int64(65*time.Second)), 1, 40).Draw(t, "values")
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

func TestWhatIsLongerThanTheLastBucketIsItsGreatest(t *testing.T) {
	var h histogram
	h.add(70 * time.Second)
	h.add(2 * time.Hour)
	if got := h.percentile(99); got != 2*time.Hour {
		t.Errorf("p99 is %v", got)
	}
}
