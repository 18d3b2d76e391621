package breaker

// maxCauses is how many failures a Transition names at most.
const maxCauses = 16

// streak counts failures in a row and remembers the latest failures. It is how
// CLOSED judges the service without a window. The zero value is empty.
type streak struct {
	length int
	added  int              // since the streak was cleared; at least length
	recent [maxCauses]Cause // a ring: the i-th failure added, from 0, is at i % maxCauses
}

func (s *streak) add(c Cause) {
	s.recent[s.added%maxCauses] = c
	s.added++
	s.length++
}

// end ends the streak but goes on to remember its failures, for a window.
func (s *streak) end() { s.length = 0 }

// clear empties the streak and drops its errors.
func (s *streak) clear() { *s = streak{} }

// causes returns a copy of the latest n failures, as far as they are remembered,
// oldest first. n is at most what was added.
func (s *streak) causes(n int) []Cause {
	n = min(n, maxCauses)
	list := make([]Cause, 0, n)
	for i := s.added - n; i < s.added; i++ {
		list = append(list, s.recent[i%maxCauses])
	}
	return list
}
