package report

import (
	"math"
	"testing"
)

// The quantiles to 0.975 as printed in the usual tables, to 3 to 6 decimals.
func TestStudentsQuantilesAreThoseOfTheTables(t *testing.T) {
	for _, c := range []struct {
		df   int
		want float64
		to   float64
	}{
		{1, 12.706205, 1e-6},
		{2, 4.302653, 1e-6},
		{3, 3.182446, 1e-6},
		{4, 2.776445, 1e-6},
		{5, 2.570582, 1e-6},
		{7, 2.364624, 1e-6},
		{9, 2.262157, 1e-6},
		{10, 2.228139, 1e-6},
		{19, 2.093024, 1e-6},
		{20, 2.085963, 1e-6},
		{29, 2.04523, 1e-5},
		{30, 2.042272, 1e-6},
		{40, 2.021, 5e-4},
		{60, 2.000, 5e-4},
		{99, 1.984, 5e-4},
		{100, 1.984, 5e-4},
		{120, 1.980, 5e-4},
		{1000, 1.962, 5e-4},
		{1 << 30, 1.959963985, 1e-8},
	} {
		if got := tQuantile(c.df); math.Abs(got-c.want) > c.to {
			t.Errorf("%d degrees of freedom: %.9f, want %g", c.df, got, c.want)
		}
	}
}

func TestTheExpansionTakesOverWhereTheSumEnds(t *testing.T) {
	for _, df := range []int{mostExactDegrees - 1, mostExactDegrees} {
		if sum, expansion := tQuantile(df), nano(tExpansion(float64(df))); math.Abs(sum-expansion) > 1.5e-9 {
			t.Errorf("%d degrees of freedom: the sum gives %.9f, the expansion %.9f", df, sum, expansion)
		}
	}
}

func TestStudentsQuantileFallsWithTheDegreesOfFreedom(t *testing.T) {
	for df := 2; df < 2*mostExactDegrees; df++ {
		if before, now := tQuantile(df-1), tQuantile(df); now >= before {
			t.Fatalf("%d degrees of freedom: %.9f, one less: %.9f", df, now, before)
		}
	}
}
