package policy

// Step is one setting that gets a value, on the way from one policy to another.
type Step struct {
	Setting Setting
	// Old and New are the values before and after, as Setting.Get writes them.
	Old, New string
}

// Steps gives the settings the values that they have in to, starting at from: it returns
// what is set, in order, and the policy after that. Setting one value may switch other
// settings on or off. So what is switched on comes before what is switched off, and the
// whole is repeated until nothing differs. A value that from cannot take is left out.
func Steps(settings []Setting, from, to Policy) (steps []Step, end Policy) {
	const rounds = 4 // more than needed for any setting; a test tries them all
	end = from
	for range rounds {
		before := len(steps)
		for _, off := range []bool{false, true} {
			for _, s := range settings {
				was, value := s.Get(end), s.Get(to)
				if was == value || (value == Off) != off || s.Set(&end, value) != nil {
					continue
				}
				steps = append(steps, Step{Setting: s, Old: was, New: value})
			}
		}
		if len(steps) == before {
			break
		}
	}
	return steps, end
}
