package breaker

import (
	"context"
	"errors"
)

// Do calls fn if b lets it, and reports to b how it ended. A refused call
// returns the zero value and an *OpenError, and fn is not called.
//
// The permit is released exactly once, however fn ends:
//
//   - on return, with what Settings.Classify makes of the error. A failure is
//     Neutral, though, if the caller has cancelled ctx (ctx.Err() is
//     context.Canceled): whatever error fn then returned, the service is not to
//     blame. A success stays a success;
//   - on a panic as a Failure with a *PanicError as its cause; the panic goes on;
//   - on runtime.Goexit as a Failure with ErrGoexit as its cause.
func Do[T any](ctx context.Context, b *Breaker, fn func(context.Context) (T, error)) (result T, err error) {
	if refusal := b.refuse(); refusal != nil {
		return result, refusal
	}
	var permit Permit
	if err = b.admit(&permit); err != nil {
		return result, err
	}
	defer permit.guard()
	result, err = fn(ctx)
	permit.Release(b.OutcomeOf(ctx, err), err)
	return result, err
}

// DoProbe is Do for a function that wants to know whether its call is a probe,
// made in HalfOpen.
func DoProbe[T any](ctx context.Context, b *Breaker, fn func(ctx context.Context, probe bool) (T, error)) (result T, err error) {
	if refusal := b.refuse(); refusal != nil {
		return result, refusal
	}
	var permit Permit
	if err = b.admit(&permit); err != nil {
		return result, err
	}
	defer permit.guard()
	result, err = fn(ctx, permit.Probe())
	permit.Release(b.OutcomeOf(ctx, err), err)
	return result, err
}

// guard is deferred, and releases the permit of a call that did not return. Do
// alone has the permit, so done needs no lock here.
func (p *Permit) guard() {
	if p.done {
		return
	}
	v := recover() // nil only for Goexit: panic(nil) is a *runtime.PanicNilError
	if v == nil {
		p.Release(Failure, ErrGoexit)
		return
	}
	p.Release(Failure, &PanicError{Value: v})
	panic(v)
}

// OutcomeOf is what Do reports to b of a call that returned err, as described there.
func (b *Breaker) OutcomeOf(ctx context.Context, err error) Outcome {
	o := b.set.Classify(err)
	if o == Failure && errors.Is(ctx.Err(), context.Canceled) {
		return Neutral
	}
	return o
}
