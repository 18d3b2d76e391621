package differential

import (
	"testing"

	"github.com/sony/gobreaker/v2"
)

type goPeer struct {
	b *gobreaker.TwoStepCircuitBreaker[struct{}]
}

func newGobreaker(s settings) peer {
	return goPeer{gobreaker.NewTwoStepCircuitBreaker[struct{}](gobreaker.Settings{
		MaxRequests: uint32(s.probes),
		Timeout:     s.openFor,
		ReadyToTrip: func(c gobreaker.Counts) bool { return int(c.ConsecutiveFailures) >= s.threshold },
		IsExcluded:  func(err error) bool { return err == errNeutral },
	})}
}

func (g goPeer) acquire() (func(error), bool) {
	done, err := g.b.Allow()
	return done, err == nil
}

func (g goPeer) state() string { return g.b.State().String() }

func TestGobreakerAgreesStepByStep(t *testing.T) {
	compare(t, quirks{strictDelay: true}, newGobreaker)
}
