package stats

import (
	"math/bits"
	"slices"
	"time"
)

// histogram counts durations in buckets of equal relative width, as
// HdrHistogram does: each power of two is cut in subBuckets equal parts, so a
// percentile is off by at most 1/(2·subBuckets), about 3 %, over the whole range of
// durations. Below 16 µs a bucket is bucketUnit wide, and the error at most half of
// that. Only the octaves from the least to the greatest duration so far have
// counts, 64 bytes each: latencies of a sensor take less than 1 KB, whatever their
// number, and the whole range takes 3 KB. The greatest value is kept exactly.
type histogram struct {
	first  int      // the octave that counts begins with
	counts []uint32 // subBuckets for each octave
	count  uint64
	max    time.Duration
}

const (
	bucketUnit    = time.Microsecond
	subBuckets    = 16
	subBucketBits = 4
	// octaves of bucketUnit up to the longest duration, 292 years.
	octaves = 51
)

func (h *histogram) add(d time.Duration) {
	i := bucket(d)
	if at := i - h.first*subBuckets; at < 0 || at >= len(h.counts) {
		h.reach(i / subBuckets)
	}
	h.counts[i-h.first*subBuckets]++
	h.count++
	h.max = max(h.max, d)
}

// merge adds the durations of another.
func (h *histogram) merge(o *histogram) {
	for i, n := range o.counts {
		if n == 0 {
			continue
		}
		at := o.first*subBuckets + i
		if k := at - h.first*subBuckets; k < 0 || k >= len(h.counts) {
			h.reach(at / subBuckets)
		}
		h.counts[at-h.first*subBuckets] += n
	}
	h.count += o.count
	h.max = max(h.max, o.max)
}

// reach extends counts to include an octave that is not among them, and no further.
func (h *histogram) reach(octave int) {
	if len(h.counts) == 0 {
		h.first = octave
	}
	first, last := min(h.first, octave), max(h.first+len(h.counts)/subBuckets-1, octave)
	counts := make([]uint32, (last-first+1)*subBuckets)
	copy(counts[(h.first-first)*subBuckets:], h.counts)
	h.first, h.counts = first, counts
}

// Clone copies the histogram, so that adding to one does not change the other.
func (h *histogram) Clone() histogram {
	out := *h
	out.counts = slices.Clone(h.counts)
	return out
}

// bucket is the index of the bucket of a duration. The first subBuckets buckets
// are one unit wide.
func bucket(d time.Duration) int {
	units := uint64(max(d, 0)) / uint64(bucketUnit)
	if units < subBuckets {
		return int(units)
	}
	shift := bits.Len64(units) - subBucketBits - 1
	return (shift+1)*subBuckets + int(units>>shift) - subBuckets
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
// do not exceed (nearest rank), given as the middle of its bucket, where the
// error is smallest, because the exact values are not kept. 0 where there is no
// sample.
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
	from, width := span(h.first*subBuckets + i)
	return min(from+width/2, h.max)
}
