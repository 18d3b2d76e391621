package sensors

import (
	"math"
	"math/bits"
)

// The constants of SplitMix64 (Steele, Lea, Flood: "Fast Splittable
// Pseudorandom Number Generators", OOPSLA 2014): the odd integer nearest to
// 2⁶⁴/φ, and the two multipliers of Stafford's mixer number 13, as in
// Vigna's public-domain splitmix64.c.
const (
	golden = 0x9e3779b97f4a7c15
	mixA   = 0xbf58476d1ce4e5b9
	mixB   = 0x94d049bb133111eb
)

// The constants of the 64-bit FNV-1a hash (RFC 9923).
const (
	fnvOffset = 0xcbf29ce484222325
	fnvPrime  = 0x00000100000001b3
)

// Stream is a source of randomness without state: a draw is a pure function of
// the stream and of the draw's address (i, j), in most places (call, attempt).
// Neither the order of draws nor a call that was refused and drew nothing
// changes what the others get. Every value is a valid stream; the zero value is
// one of them. All methods are safe for concurrent use.
//
// Uniform, Normal and Index of one address come from the same 64 bits; what
// shall be independent takes a stream with a purpose of its own.
type Stream uint64

// NewStream derives the stream of one sensor for one purpose. Another seed,
// sensor or purpose gives a stream that has nothing in common with this one, so
// that adding a sensor leaves the others' draws alone.
func NewStream(seed uint64, sensorID, purpose string) Stream {
	h := uint64(fnvOffset)
	for _, part := range [...]string{sensorID, purpose} {
		for k := range len(part) {
			h = (h ^ uint64(part[k])) * fnvPrime
		}
		// 0xff occurs in no UTF-8 text, so ("a", "bc") is not ("ab", "c").
		h = (h ^ 0xff) * fnvPrime
	}
	return Stream(mix(mix(seed+golden) ^ h))
}

// Uniform returns a number from [0, 1), a multiple of 2⁻⁵³.
func (s Stream) Uniform(i, j uint64) float64 {
	return float64(s.bits(i, j)>>11) * 0x1p-53
}

// Normal returns a number from the standard normal distribution, rounded to
// 1e-6, at most 8.3 away from 0. It is the inverse of the distribution's
// integral at one uniform number: √2·erf⁻¹(2u − 1).
func (s Stream) Normal(i, j uint64) float64 {
	// The half keeps u off 0, where the result would be infinite.
	u := (float64(s.bits(i, j)>>12) + 0.5) * 0x1p-52
	return Round6(math.Sqrt2 * math.Erfinv(2*u-1))
}

// Index returns a whole number from 0 to n-1, and 0 for an n below 2.
func (s Stream) Index(i, j uint64, n int) int {
	if n < 2 {
		return 0
	}
	high, _ := bits.Mul64(s.bits(i, j), uint64(n))
	return int(high)
}

// bits returns the j-th output of the generator that the i-th output of the
// stream seeds.
func (s Stream) bits(i, j uint64) uint64 {
	return mix(mix(uint64(s)+(i+1)*golden) + (j+1)*golden)
}

// mix is SplitMix64's output function: a bijection in which every input bit
// moves about half of the output bits.
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * mixA
	z = (z ^ z>>27) * mixB
	return z ^ z>>31
}

// Round6 rounds to 1e-6. Processors with a fused multiply-add differ in the
// last bits of a result; rounded where they are made, values are the same
// everywhere. Where 1e-6 is finer than the number's own precision, the number
// is returned as it is.
func Round6(x float64) float64 {
	if math.Abs(x) >= 1e9 {
		return x
	}
	r := math.Round(x*1e6) / 1e6
	if r == 0 {
		return 0 // not -0, which prints as "-0.0"
	}
	return r
}
