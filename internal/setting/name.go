package setting

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// IsTail reports whether key is the name or the end of it, in whole parts:
// "threshold" and "breaker.threshold" are tails of "policy.breaker.threshold",
// "hold" is none.
func IsTail(key, name string) bool {
	return key == name || key != "" && strings.HasSuffix(name, "."+key)
}

// maxLikeness is how many bytes of a key are compared with names, which are all
// shorter.
const maxLikeness = 100

// Nearest returns the name that key is most like, as a whole, in one of its tails or
// in its last part; of two, the first. A name that begins with key in whole parts is
// nearer than any other. Where nothing in key is similar to any name, the result is
// the first name; it is empty where there are no names. Only the first 100 bytes of a
// key are compared.
func Nearest(key string, names []string) string {
	key = key[:min(len(key), maxLikeness)]
	nearest, least := "", len(key)
	for i, name := range names {
		if strings.HasPrefix(name, key+".") {
			return name
		}
		if d := distance(key, name); i == 0 || d < least {
			nearest, least = name, min(d, least)
		}
	}
	return nearest
}

// distance is how many letters differ between key and the tail that is most like
// it. Where only the last parts are alike, all that is before them counts as one
// letter.
func distance(key, name string) int {
	least := levenshtein.ComputeDistance(lastPart(key), lastPart(name)) + 1
	for tail, more := name, true; more; _, tail, more = strings.Cut(tail, ".") {
		least = min(least, levenshtein.ComputeDistance(key, tail))
	}
	return least
}

func lastPart(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// Candidates lists the names that a key may stand for: "a, b or c". Of more than
// eight, only the first eight are named.
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
