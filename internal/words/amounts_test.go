package words

import (
	"math"
	"testing"
	"time"
)

func TestLargeNumbersAreGrouped(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", -999: "-999", -1000: "-1,000", 1234567: "1,234,567"} {
		if got := Grouped(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

func TestFastAnswersHaveADecimal(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-1: "0.0", 0: "0.0", 840 * time.Microsecond: "0.8", 9949 * time.Microsecond: "9.9", 9950 * time.Microsecond: "10",
		22 * time.Millisecond: "22", 1393 * time.Millisecond: "1,393",
	} {
		if got := FineMillis(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}

func TestAnAmountHasDecimalsWhereTheyMatter(t *testing.T) {
	for _, c := range []struct {
		value    float64
		decimals int
		want     string
	}{
		{1777, 2, "1,777"},
		{12.5, 2, "12.50"},
		{12.5, 0, "12"},
		{-1234.56, 2, "-1,235"},
		{0, 2, "0"},
		{-0.001, 2, "0.00"},
		{999.96, 2, "1,000"},
		{999.94, 2, "999.94"},
		{1e16, 1, "1e+16"},
		{math.Inf(1), 1, "+Inf"},

		{1777, MaxDecimals, "1,777"},
		{0, MaxDecimals, "0"},
		{12.5, MaxDecimals, "12.5"},
		{12.50001, MaxDecimals, "12.5"},
		{47.5123, MaxDecimals, "47.51"},
		{-0.3333, MaxDecimals, "-0.3333"},
		{0.00042, MaxDecimals, "0.00042"},
		{0.000123456, MaxDecimals, "0.0001235"},
		{4.2e-7, MaxDecimals, "4.2e-07"},
		{999.94, MaxDecimals, "999.9"},
		{999.96, MaxDecimals, "1,000"},
		{-999.96, MaxDecimals, "-1,000"},
		{123456.789, MaxDecimals, "123,457"},
		{999999999999999, MaxDecimals, "999,999,999,999,999"},
		{1.23456e18, MaxDecimals, "1.235e+18"},
		{math.NaN(), MaxDecimals, "NaN"},
	} {
		if got := Amount(c.value, c.decimals); got != c.want {
			t.Errorf("%v with %d decimals is %q, want %q", c.value, c.decimals, got, c.want)
		}
	}
}
