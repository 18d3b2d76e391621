package stats

import (
	"math/bits"
	"time"
)

// histogram counts durations in buckets of equal relative width, as
// HdrHistogram does: each power of two is cut in subBuckets equal parts, so a
// percentile is off by at most 1/(2·subBuckets), about 3 %, in 1 KB whatever the
// number of samples: a thousand sensors fit. Below 2 ms a bucket is bucketUnit
// wide, and the error at most half of that. The greatest value is kept exactly.
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

// percentile is the smallest duration that at least p per cent of the samples
// do not exceed (nearest rank), to the middle of its bucket: where in it the
// samples lie is not known, and from the middle the error is least. 0 where
// there is no sample.
func (h *histogram) percentile(p uint64) time.Duration {
	if h.count == 0 {
		return 0
	}
	rank := max((h.count*p+99)/100, 1)
	i, upTo := 0, uint64(h.counts[0])
	for upTo < rank {
		i++
		upTo += uint64(h.counts[i])
	}
	if i == len(h.counts)-1 {
		return h.max // the last bucket has no end, so no middle either
	}
	from, width := span(i)
	return min(from+width/2, h.max)
}
