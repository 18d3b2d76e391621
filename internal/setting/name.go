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

// maxLikeness is how many bytes of a key are held against names, which are shorter.
const maxLikeness = 100

// Nearest returns the name that key is most like, as a whole, in one of its tails
// or in its last part; of two, the first. A name that begins with key in whole parts
// is nearer than any other, and where no letter of key is right the first name is as
// good as any. It is empty where there are no names. Of a key that is longer than any
// name, only the beginning is looked at.
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
// it. Where only the last parts are alike, what stands before them counts as one.
func distance(key, name string) int {
	least := levenshtein.ComputeDistance(lastPart(key), lastPart(name)) + 1
	for tail, more := name, true; more; _, tail, more = strings.Cut(tail, ".") {
		least = min(least, levenshtein.ComputeDistance(key, tail))
	}
	return least
}

func lastPart(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

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
