package engine

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/retry"
	"resiltui/internal/engine/timeout"
	"resiltui/internal/sensors"
	"resiltui/internal/words"
)

// maxWords is how many cells of an error's text are kept.
const maxWords = 120

// callError is a failed call as the breaker remembers it: the cause, and which
// batch and how many attempts it took.
type callError struct {
	cause    error
	batch    int
	attempts int
}

func (e *callError) Error() string { return e.cause.Error() }
func (e *callError) Unwrap() error { return e.cause }

// fastFailText is the text of a call that the circuit refused, by the state of the circuit.
var fastFailText = func() (texts [breaker.Disabled + 1]string) {
	for s := range texts {
		texts[s] = breaker.State(s).String() + ", refused"
	}
	return texts
}()

// errorText returns the cause of a failed call in a few clean words, without the
// texts that the layers added.
func errorText(err error) string {
	if err == nil {
		return ""
	}
	if open, ok := errors.AsType[*breaker.OpenError](err); ok {
		return fastFailText[open.State]
	}
	if e, ok := errors.AsType[*retry.BudgetError](err); ok {
		const spent = ", retry budget spent"
		return words.Clean(errorText(e.Err), maxWords-len(spent)) + spent
	}
	if e, ok := errors.AsType[*retry.HintError](err); ok {
		const long = ", asks for a longer wait"
		return words.Clean(errorText(e.Err), maxWords-len(long)) + long
	}
	if t, ok := errors.AsType[*timeout.Error](err); ok {
		if late, ok := errors.AsType[sensors.LateError](t.Err); ok {
			return words.Clean(late.Reached+" "+t.Within(), maxWords)
		}
		return t.Error()
	}
	if e, ok := errors.AsType[*retry.ExhaustedError](err); ok {
		err = e.Err
	}
	if r, ok := errors.AsType[*sensors.ReadError](err); ok {
		return r.Text // clean already
	}
	return words.Clean(err.Error(), maxWords)
}

// changed is called for each transition of the breaker, in order, outside its
// lock.
func (c *Client) changed(t breaker.Transition) {
	if !c.started {
		return
	}
	change := &event.Change{
		From: t.From, To: t.To, Reason: t.Reason, OpenFor: t.Delay,
		Circuit: c.Breaker().Circuit(),
	}
	// With several callers the snapshot may be of a later moment, but this
	// event is about the state that the transition led to.
	change.Circuit.State, change.Circuit.Since = t.To, t.At
	switch t.Reason {
	case breaker.TooManyFailures:
		change.Count = t.Failures
	case breaker.TooHighFailureRate, breaker.TooManySlow:
		change.Sample, change.Limit = t.Sample, t.Limit
		if t.Reason == breaker.TooManySlow {
			change.SlowCall = c.Breaker().Settings().SlowCall
		}
	case breaker.ProbesSucceeded:
		change.Count = t.Good
	case breaker.ProbeDue:
		change.OpenFor = c.lastDelay()
	case breaker.Forced, breaker.ForceReleased, breaker.WasDisabled, breaker.WasEnabled, breaker.WasReset:
		change.By = c.operator()
	}
	if t.To == breaker.Open {
		c.noteDelay(t.Delay)
	}
	if c.healthTracker != nil {
		change.Round, change.Opened = c.roundOf(&t)
	}
	describeCauses(change, t.Causes)
	change.LastBatch = cmp.Or(change.LastBatch, int(c.batch.Load()))
	c.publish(&event.Event{
		At: t.At, Batch: change.LastBatch, Sensor: c.index, Kind: event.StateChanged, Change: change,
	})
}

// describeCauses summarizes the failures that caused a transition.
func describeCauses(change *event.Change, causes []breaker.Cause) {
	type count struct {
		text string
		n    int
	}
	var counts []count // most frequent first, then in order of appearance
next:
	for _, cause := range causes {
		if e, ok := errors.AsType[*callError](cause.Err); ok {
			if change.FirstBatch == 0 {
				change.FirstBatch = e.batch
			}
			change.LastBatch = e.batch
			change.Attempts += e.attempts
		}
		text := errorText(cause.Err)
		for i := range counts {
			if counts[i].text == text {
				counts[i].n++
				continue next
			}
		}
		counts = append(counts, count{text, 1})
	}
	slices.SortStableFunc(counts, func(a, b count) int { return b.n - a.n })
	for i, k := range counts {
		if len(counts) == 1 {
			change.Cause = k.text
			return
		}
		if i > 0 {
			change.Cause += ", "
		}
		change.Cause += strconv.Itoa(k.n) + " " + k.text
	}
}

// operate lets fn act on the breaker at a batch's start; by says who asked for
// it.
func (c *Client) operate(by string, batch int, fn func(*breaker.Breaker)) {
	c.batch.Store(int64(batch))
	c.mu.Lock()
	c.by = by
	c.mu.Unlock()
	fn(c.Breaker())
}

func (c *Client) operator() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.by
}

// roundOf counts the phases of probes since the circuit opened. It returns 0 for
// changes that are no part of one.
func (c *Client) roundOf(t *breaker.Transition) (round int, opened time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case t.To == breaker.HalfOpen:
		c.rounds++
	case t.From == breaker.HalfOpen && t.To == breaker.Open:
	default:
		c.opened, c.rounds = t.At, 0
		return 0, 0
	}
	return c.rounds, c.opened
}

func (c *Client) lastDelay() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.openFor
}

func (c *Client) noteDelay(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.openFor = d
}
