package retry

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Wrap returns fn with retries, counted in reg under name without further
// wiring. p says how often, after which waits and on which errors to retry;
// its Stats are replaced by those of the name. The result is safe for
// concurrent use where fn and the functions of p are.
//
// The error is not nil where reg or fn is nil, name is empty or p is not valid.
func Wrap[A, R any](reg *Registry, name string, p Policy, fn func(context.Context, A) (R, error)) (func(context.Context, A) (R, error), error) {
	switch {
	case reg == nil:
		return nil, errors.New("wrap with retry: no registry")
	case name == "":
		return nil, errors.New("wrap with retry: no name")
	case fn == nil:
		return nil, fmt.Errorf("wrap %s with retry: no function", name)
	}
	if err := p.Validate(); err != nil {
		return nil, fmt.Errorf("wrap %s: %w", name, err)
	}
	// The wrapper must not change when the caller later changes the slices.
	p.RetryOn, p.Never = slices.Clone(p.RetryOn), slices.Clone(p.Never)
	p.Stats = reg.Get(name)
	return func(ctx context.Context, arg A) (R, error) {
		return Do(ctx, &p, func(ctx context.Context, _ int) (R, error) { return fn(ctx, arg) })
	}, nil
}
