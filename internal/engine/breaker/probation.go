package breaker

import "time"

// probation is one half-open phase. It is guarded by the breaker's lock, as are
// its probes. Permits of probes point to it, so it outlives its phase until the
// last of them is gone.
type probation struct {
	good   int     // good probes so far
	probes []probe // in flight and not written off, oldest first
	lastID uint64  // id of the newest probe; the first is 1
}

// probe is one probe in flight.
type probe struct {
	id    uint64
	began time.Duration
}

// room reports whether another probe may start: there is a slot free, and the
// probes in flight would not by themselves complete what closing needs.
func (p *probation) room(s *Settings) bool {
	return len(p.probes) < s.MaxProbes && p.good+len(p.probes) < s.SuccessesToClose
}

// begin takes a slot and returns the probe's id.
func (p *probation) begin(now time.Duration) uint64 {
	p.lastID++
	p.probes = append(p.probes, probe{p.lastID, now})
	return p.lastID
}

// end gives back the slot of a probe. It reports false when the probe has none,
// because it was written off or has already ended.
func (p *probation) end(id uint64) bool {
	for i := range p.probes {
		if p.probes[i].id == id {
			p.probes = append(p.probes[:i], p.probes[i+1:]...)
			return true
		}
	}
	return false
}

// late returns how many probes are older than timeout. They are the first ones,
// because probes are kept in the order in which they began.
func (p *probation) late(now, timeout time.Duration) int {
	if timeout == 0 {
		return 0
	}
	n := 0
	for n < len(p.probes) && now-p.probes[n].began > timeout {
		n++
	}
	return n
}

// writeOff takes away the slots of the first n probes.
func (p *probation) writeOff(n int) { p.probes = p.probes[n:] }
