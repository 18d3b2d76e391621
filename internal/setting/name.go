package setting

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// IsTail tells whether key is the name or the end of it, in whole parts:
// "threshold" and "breaker.threshold" are tails of "policy.breaker.threshold",
// "hold" is none.
func IsTail(key, name string) bool {
	return key == name || key != "" && strings.HasSuffix(name, "."+key)
}

// Nearest returns the name that key is most like, as a whole or in one of its
// tails; of two, the first. It is empty where there are no names.
func Nearest(key string, names []string) string {
	nearest, least := "", 0
	for _, name := range names {
		if d := distance(key, name); nearest == "" || d < least {
			nearest, least = name, d
		}
	}
	return nearest
}

// distance is how many letters differ between key and the tail that is most like
// it.
func distance(key, name string) int {
	least := levenshtein.ComputeDistance(key, name)
	for {
		_, tail, ok := strings.Cut(name, ".")
		if !ok {
			return least
		}
		least = min(least, levenshtein.ComputeDistance(key, tail))
		name = tail
	}
}

// Candidates are the names that a key may stand for, in words: "a, b or c". Of more
// than eight, the first are named.
func Candidates(names []string) string {
	const most = 8
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	head, last := names[:len(names)-1], names[len(names)-1]
	if len(names) > most {
		head, last = names[:most], "another"
	}
	return strings.Join(head, ", ") + " or " + last
}
