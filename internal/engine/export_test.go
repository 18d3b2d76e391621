package engine

import "resiltui/internal/engine/policy"

import "resiltui/internal/engine/breaker"

// Breakers are the breakers of the session's run, for tests that hold their
// counts against those of the events.
func (s *Session) Breakers() []*breaker.Breaker {
	var all []*breaker.Breaker
	for _, c := range s.stageNow().run.clients {
		all = append(all, c.Breaker())
	}
	return all
}

// InboxSize is how many commands may wait in a real run.
const InboxSize = inboxSize

// Outcome is that of one naive read.
var Outcome = outcome

// Tune replaces the policy of a client, as a command does at the start of a batch.
func (c *Client) Tune(p policy.Policy) error { return c.tune(p, "a test", 1) }
