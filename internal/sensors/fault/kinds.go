package fault

import "slices"

// kinds is every kind of fault. Its order is the numbers that events and saved
// states hold, so a new kind goes to its end, and none is ever taken out. It is
// never changed.
var kinds = numbered(
	crash(),
	hang(),
	slow(),
	someErrors(),
	flap(),
	corrupt(),
	stuck(),
	jitter(),
	burst(),
	failFirst(),
	brownout(),
	drift(),
	spike(),
	rateLimit(),
	callerCancel(),
	panics(),
)

// Kinds returns every kind of fault, in the order of their numbers.
func Kinds() []Kind { return slices.Clone(kinds) }

// numbered gives each kind its number.
func numbered(list ...Kind) []Kind {
	for i := range list {
		list[i].Number = Number(i + 1)
		list[i].Default.Kind = list[i].Number
	}
	return list
}
