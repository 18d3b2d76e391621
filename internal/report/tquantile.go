package report

import "math"

// mostExactDegrees is the number of degrees of freedom up to which the exact sum is
// used; above it the expansion is accurate to 1e-9.
const mostExactDegrees = 200

// tQuantile is the 0.975 quantile of Student's t distribution with df degrees of
// freedom (at least 1), to 1e-9: 95 % of the values are between -t and t.
func tQuantile(df int) float64 {
	if df > mostExactDegrees {
		return nano(tExpansion(float64(df)))
	}
	low, high := 1.9, 13.0 // 1.96 is the quantile of the normal distribution, 12.71 that of one degree of freedom
	for range 60 {
		middle := (low + high) / 2
		if tProbability(middle, df) < 0.95 {
			low = middle
		} else {
			high = middle
		}
	}
	return nano(low)
}

// tProbability is the probability of a value between -t and t. The sums are
// finite: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 for
// an odd and 26.7.4 for an even number of degrees.
func tProbability(t float64, df int) float64 {
	n := float64(df)
	cos2 := n / (n + t*t)
	sin := t / math.Sqrt(n+t*t)
	term, sum := 1.0, 1.0
	if df%2 == 0 {
		for k := 2; k <= df-2; k += 2 {
			term *= cos2 * float64(k-1) / float64(k)
			sum += term
		}
		return sin * sum
	}
	theta := math.Atan(t / math.Sqrt(n))
	if df == 1 {
		return 2 / math.Pi * theta
	}
	for k := 3; k <= df-2; k += 2 {
		term *= cos2 * float64(k-1) / float64(k)
		sum += term
	}
	return 2 / math.Pi * (theta + sin*math.Sqrt(cos2)*sum)
}

// tExpansion is the Cornish-Fisher expansion around the quantile of the
// normal distribution: Abramowitz and Stegun, 26.7.5.
func tExpansion(n float64) float64 {
	const x = 1.959963984540054
	const (
		g1 = (x*x*x + x) / 4
		g2 = (5*x*x*x*x*x + 16*x*x*x + 3*x) / 96
		g3 = (3*x*x*x*x*x*x*x + 19*x*x*x*x*x + 17*x*x*x - 15*x) / 384
		g4 = (79*x*x*x*x*x*x*x*x*x + 776*x*x*x*x*x*x*x + 1482*x*x*x*x*x - 1920*x*x*x - 945*x) / 92160
	)
	return x + (g1+(g2+(g3+g4/n)/n)/n)/n
}

// nano rounds to 1e-9; up to this precision all processors agree.
func nano(x float64) float64 { return math.Round(x*1e9) / 1e9 }
