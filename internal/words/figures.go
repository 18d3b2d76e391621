package words

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Seconds writes a duration in seconds with one decimal ("3.0 s").
func Seconds(d time.Duration) string {
	return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
}

// Rate writes a share of 0 to 1 in percent with at most one decimal ("52.5 %").
// It rounds down, so that a rate below a limit never looks as if it had reached
// it.
func Rate(share float64) string {
	return strconv.FormatFloat(math.Floor(share*1000+1e-6)/10, 'f', -1, 64) + " %"
}

// Spoken writes a time as prose does, without needless digits: "0.5 s", "250 ms".
func Spoken(d time.Duration) string {
	n, unit := d.Seconds(), " s"
	if d < 500*time.Millisecond {
		n, unit = n*1000, " ms"
	}
	return strconv.FormatFloat(math.Round(n*1e6)/1e6, 'f', -1, 64) + unit
}

// InMillis writes a duration in whole milliseconds ("56 ms").
func InMillis(d time.Duration) string {
	return strconv.FormatInt(d.Round(time.Millisecond).Milliseconds(), 10) + " ms"
}

// Counted is a number of things ("1 call", "3 calls", "3 batches").
func Counted(n int, thing string) string {
	switch {
	case n == 1:
		return "1 " + thing
	case strings.HasSuffix(thing, "ch"):
		return strconv.Itoa(n) + " " + thing + "es"
	}
	return strconv.Itoa(n) + " " + thing + "s"
}

// Size writes a number of bytes: "1 MiB", "64 KiB", "1000 bytes".
func Size(n int64) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return strconv.FormatInt(n>>20, 10) + " MiB"
	case n >= 1<<10 && n%(1<<10) == 0:
		return strconv.FormatInt(n>>10, 10) + " KiB"
	}
	return strconv.FormatInt(n, 10) + " bytes"
}

// Value writes a value with its unit ("47.51 kPa"). A value that rounds to 0
// has no sign.
func Value(v float64, decimals int, unit string) string {
	text := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.Trim(text, "-0.") == "" {
		text = strings.TrimPrefix(text, "-")
	}
	if unit == "" {
		return text
	}
	return text + " " + unit
}
