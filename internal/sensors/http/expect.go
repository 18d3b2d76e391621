package http

import (
	"fmt"
	"strconv"
	"strings"

	"resiltui/internal/sensors"
	"resiltui/internal/words"
)

// DefaultExpect is the set of statuses that count as success by default.
const DefaultExpect = "2xx"

// Expect is a set of HTTP statuses. The zero value is the empty set;
// ParseExpect makes others. It does not change.
type Expect struct {
	ranges []statusRange
}

// statusRange is a range of statuses, both ends included.
type statusRange struct{ low, high int }

// ParseExpect reads a list of statuses ("204"), classes ("3xx") and ranges
// ("200-299"), separated by commas, from 100 to 599. The empty text is
// DefaultExpect.
func ParseExpect(text string) (Expect, error) {
	if strings.TrimSpace(text) == "" {
		text = DefaultExpect
	}
	var e Expect
	for element := range strings.SplitSeq(text, ",") {
		r, ok := parseStatusRange(strings.ToLower(strings.TrimSpace(element)))
		if !ok {
			return Expect{}, fmt.Errorf("expect %q: %q is no status (204), class (2xx) or range (200-299) from 100 to 599",
				words.Clean(text, sensors.MaxNameCells), words.Clean(element, sensors.MaxNameCells))
		}
		e.ranges = append(e.ranges, r)
	}
	return e, nil
}

// Match reports whether a status is in the set.
func (e Expect) Match(status int) bool {
	for _, r := range e.ranges {
		if status >= r.low && status <= r.high {
			return true
		}
	}
	return false
}

// String returns the set as ParseExpect reads it.
func (e Expect) String() string {
	parts := make([]string, len(e.ranges))
	for k, r := range e.ranges {
		switch {
		case r.low == r.high:
			parts[k] = strconv.Itoa(r.low)
		case r.low%100 == 0 && r.high == r.low+99:
			parts[k] = strconv.Itoa(r.low/100) + "xx"
		default:
			parts[k] = fmt.Sprintf("%d-%d", r.low, r.high)
		}
	}
	return strings.Join(parts, ",")
}

func parseStatusRange(s string) (statusRange, bool) {
	if len(s) == 3 && s[1:] == "xx" && s[0] >= '1' && s[0] <= '5' {
		low := int(s[0]-'0') * 100
		return statusRange{low, low + 99}, true
	}
	first, second, isRange := strings.Cut(s, "-")
	low, ok := parseStatus(strings.TrimSpace(first))
	if !ok || !isRange {
		return statusRange{low, low}, ok
	}
	high, ok := parseStatus(strings.TrimSpace(second))
	return statusRange{low, high}, ok && low <= high
}

// parseStatus reads three digits.
func parseStatus(s string) (int, bool) {
	if len(s) != 3 || s[0] < '1' || s[0] > '5' {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}
