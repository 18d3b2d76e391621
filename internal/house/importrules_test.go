package house

import (
	"fmt"
	"slices"
	"strings"
)

// A room is a part of the tree, written as a path below the module: exactly one
// package, or with /... at its end the package and all below it. A * stands for one
// name, so that internal/views/page/*/... is each page a room of its own.

// row says what the packages of a room may import of the program. The packages of
// one room may import each other, but not those of the room next door that the same
// * stands for.
type row struct {
	room string
	may  []string // rooms
}

// door says who may import a room: the packages of these rooms and nobody else.
type door struct {
	room string
	by   []string
}

// rules are all that is said about a program.
type rules struct {
	rows  []row
	doors []door
}

// imports are the packages of a program, each with what it imports of the program,
// as paths below the module.
type imports map[string][]string

// inRoom is true where the path is of the room. rest is how many of its elements
// only /... stands for: the fewer, the better the room says what it is. A * counts
// as a little less than a name.
func inRoom(room, path string) (fit int, ok bool) {
	want, open := strings.CutSuffix(room, "/...")
	names, have := strings.Split(want, "/"), strings.Split(path, "/")
	if len(have) < len(names) || len(have) > len(names) && !open {
		return 0, false
	}
	for i, name := range names {
		switch name {
		case have[i]:
			fit += 3
		case "*":
			fit += 2
		default:
			return 0, false
		}
	}
	if !open {
		fit++
	}
	return fit, true
}

// isIn is true where the path is of one of the rooms.
func isIn(rooms []string, path string) bool {
	return slices.ContainsFunc(rooms, func(room string) bool { _, ok := inRoom(room, path); return ok })
}

// rowOf is the row whose room fits the path best.
func (r rules) rowOf(path string) (best row, found bool) {
	most := -1
	for _, row := range r.rows {
		if fit, ok := inRoom(row.room, path); ok && fit > most {
			best, found, most = row, true, fit
		}
	}
	return best, found
}

// same is true where both paths are of the room and each * stands for the same
// name in both.
func same(room, a, b string) bool {
	_, inA := inRoom(room, a)
	_, inB := inRoom(room, b)
	if !inA || !inB {
		return false
	}
	one, two := strings.Split(a, "/"), strings.Split(b, "/")
	for i, name := range strings.Split(room, "/") {
		if name == "*" && one[i] != two[i] {
			return false
		}
	}
	return true
}

// check returns what the rules forbid, one sentence each, in order.
func (r rules) check(program imports) (wrong []string) {
	for path, imported := range program {
		row, ok := r.rowOf(path)
		if !ok {
			wrong = append(wrong, fmt.Sprintf("%s: no row says what it may import; add one to theRules in internal/house/imports_test.go", path))
			continue
		}
		for _, other := range imported {
			if !same(row.room, path, other) && !isIn(row.may, other) {
				wrong = append(wrong, fmt.Sprintf("%s imports %s; the row of %s does not allow it", path, other, row.room))
			}
			for _, door := range r.doors {
				if isIn([]string{door.room}, other) && !isIn(door.by, path) {
					wrong = append(wrong, fmt.Sprintf("%s imports %s; only %s may", path, other, strings.Join(door.by, ", ")))
				}
			}
		}
	}
	slices.Sort(wrong)
	return wrong
}
