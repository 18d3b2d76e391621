package breaker

// maxCauses is how many failures a Transition names at most.
const maxCauses = 16

// streak counts failures in a row and remembers the latest of them. It is how
// CLOSED judges the service. The zero value is empty.
type streak struct {
	length int
	recent [maxCauses]Cause // a ring: the i-th failure, from 0, is at i % maxCauses
}

func (s *streak) add(c Cause) {
	s.recent[s.length%maxCauses] = c
	s.length++
}

// clear empties the streak and lets go of its errors.
func (s *streak) clear() { *s = streak{} }

// causes returns a copy of the failures that are remembered, oldest first.
func (s *streak) causes() []Cause {
	n := min(s.length, maxCauses)
	list := make([]Cause, 0, n)
	for i := s.length - n; i < s.length; i++ {
		list = append(list, s.recent[i%maxCauses])
	}
	return list
}
