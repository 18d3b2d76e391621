package stats

import (
	"math"

	"resiltui/internal/sensors"
)

// Standing compares one run with the runs of many seeds with the same settings and
// faults, by its successful batches: those that delivered a value of every sensor. One
// seed is one random draw, so a single run says nothing about the others.
type Standing struct {
	// Of is how many runs it is compared with, those of the seeds from First on; 0
	// is no comparison. The run itself may be one of them.
	Of    int
	First uint64
	// Batches is how many batches each run had; Delivered how many of this run
	// succeeded.
	Batches, Delivered int
	// Fewer and More are the runs with fewer and with more successful batches, None
	// those without one, and NaiveAhead those in which the naive pipeline has more.
	Fewer, More, None, NaiveAhead int
	// Mean is that of the successful batches, Deviation the standard deviation of the
	// sample (its divisor is Of-1; of one run it is 0). Both are rounded to 1e-6.
	Mean, Deviation float64
}

// Stand compares a run with delivered successful batches with the runs among, which are
// those of the seeds from first on. Each run has the same number of batches.
func Stand(delivered, batches int, first uint64, among []PipelineView) Standing {
	s := Standing{Of: len(among), First: first, Batches: batches, Delivered: delivered}
	if s.Of == 0 {
		return s
	}
	sum := 0
	for i := range among {
		n := among[i].Delivered
		sum += n
		s.Fewer += oneIf(n < delivered)
		s.More += oneIf(n > delivered)
		s.None += oneIf(n == 0)
		s.NaiveAhead += oneIf(among[i].NaiveDelivered > n)
	}
	mean := float64(sum) / float64(s.Of)
	distances := make([]float64, s.Of)
	for i := range among {
		distances[i] = float64(among[i].Delivered) - mean
	}
	s.Mean, s.Deviation = sensors.Round6(mean), sensors.Round6(Deviation(distances))
	return s
}

// Deviation is the standard deviation of a sample, from the distances of its values to
// their mean, whose sum is 0; of fewer than two values it is 0. The squares are converted
// before they are added, which keeps processors from fusing the two steps.
func Deviation(distances []float64) float64 {
	if len(distances) < 2 {
		return 0
	}
	squares := 0.0
	for _, d := range distances {
		squares += float64(d * d)
	}
	return math.Sqrt(squares / float64(len(distances)-1))
}

// Last is the last of the seeds that it is compared with. Of must not be 0.
func (s *Standing) Last() uint64 { return s.First + uint64(s.Of-1) }

func oneIf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
