package tally

import (
	"math"
	"math/bits"
	"time"
)

// histogram counts durations in buckets of equal relative width, as
// HdrHistogram does: each power of two is cut in subBuckets equal parts, so a
// quantile is off by at most 1/(2·subBuckets), about 3 %, in 1 KB whatever the
// number of samples: a thousand sensors fit. Below 2 ms a bucket is bucketUnit
// wide. The greatest value is kept exactly.
type histogram struct {
	counts [octaves * subBuckets]uint32
	count  uint64
	max    time.Duration
}

const (
	bucketUnit    = 128 * time.Microsecond
	subBuckets    = 16
	subBucketBits = 4
	// octaves of bucketUnit: the last bucket begins at about 65 s and takes
	// whatever is longer.
	octaves = 16
)

func (h *histogram) add(d time.Duration) {
	h.counts[bucket(d)]++
	h.count++
	h.max = max(h.max, d)
}

// bucket of a duration. The first subBuckets of them are one unit wide.
func bucket(d time.Duration) int {
	units := uint64(max(d, 0) / bucketUnit)
	if units < subBuckets {
		return int(units)
	}
	shift := bits.Len64(units) - subBucketBits - 1
	i := (shift+1)*subBuckets + int(units>>shift) - subBuckets
	return min(i, octaves*subBuckets-1)
}

// span is where bucket i begins and how wide it is.
func span(i int) (from, width time.Duration) {
	if i < subBuckets {
		return time.Duration(i) * bucketUnit, bucketUnit
	}
	shift := i/subBuckets - 1
	units := time.Duration(uint64(i%subBuckets+subBuckets) << shift)
	return units * bucketUnit, bucketUnit << shift
}

// quantile is the smallest duration that at least q of the samples do not
// exceed (nearest rank), placed within its bucket as if the bucket's samples
// were spread evenly. 0 where there is no sample.
func (h *histogram) quantile(q float64) time.Duration {
	if h.count == 0 {
		return 0
	}
	rank := uint64(math.Ceil(q * float64(h.count)))
	rank = min(max(rank, 1), h.count)
	var below uint64
	for i, n := range h.counts {
		if below+uint64(n) >= rank {
			from, width := span(i)
			part := (2*int64(rank-below) - 1) * int64(width) / (2 * int64(n))
			return min(from+time.Duration(part), h.max)
		}
		below += uint64(n)
	}
	return h.max
}
