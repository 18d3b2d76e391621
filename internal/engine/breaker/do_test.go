package breaker

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

func TestDoPassesResultErrorAndContextThrough(t *testing.T) {
	type key struct{}
	r := newRig(t, Settings{})
	ctx := context.WithValue(t.Context(), key{}, "seen")
	got, err := Do(ctx, r.Breaker, func(ctx context.Context) (string, error) {
		return ctx.Value(key{}).(string), errDown
	})
	if got != "seen" || err != errDown {
		t.Fatalf("%q, %v", got, err)
	}
	r.counts(Metrics{TotalCalls: 1, FailureCalls: 1})
}

func TestDoDoesNotCallWhenRefused(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1})
	r.trip()
	got, err := Do(t.Context(), r.Breaker, func(context.Context) (int, error) {
		t.Error("called")
		return 1, nil
	})
	if got != 0 || !errors.Is(err, ErrOpen) {
		t.Fatalf("%d, %v", got, err)
	}
}

func TestDoReleasesWhenTheClassifierPanics(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, Classify: func(error) Outcome { panic("classifier") }})
	mustPanic(t, func() {
		_, _ = Do(t.Context(), r.Breaker, func(context.Context) (int, error) { return 0, nil })
	})
	r.counts(Metrics{TotalCalls: 1, FailureCalls: 1, CircuitOpenCount: 1})
}

func TestPanicErrorUnwrapsErrorsOnly(t *testing.T) {
	if !errors.Is(&PanicError{Value: errDown}, errDown) {
		t.Error("an error as panic value is not reached")
	}
	if err := (&PanicError{Value: "text"}); err.Unwrap() != nil || err.Error() != "panic: text" {
		t.Errorf("%v", err)
	}
}

func TestDefaultClassify(t *testing.T) {
	wrap := func(err error) error { return fmt.Errorf("read: %w", err) }
	for _, tt := range []struct {
		err  error
		want Outcome
	}{
		{nil, Success},
		{errDown, Failure},
		{context.Canceled, Neutral},
		{wrap(context.Canceled), Neutral},
		{context.DeadlineExceeded, Failure},
		{wrap(context.DeadlineExceeded), Failure},
		{errors.Join(context.Canceled, context.DeadlineExceeded), Failure},
		{Ignored(errDown), Neutral},
		{wrap(Ignored(errDown)), Neutral},
		{Ignored(context.DeadlineExceeded), Neutral},
		{&OpenError{}, Failure}, // of another breaker further in
	} {
		if got := DefaultClassify(tt.err); got != tt.want {
			t.Errorf("%v is a %v, want %v", tt.err, got, tt.want)
		}
	}
}

func TestIgnoredKeepsTextAndChain(t *testing.T) {
	if Ignored(nil) != nil {
		t.Error("Ignored(nil) is an error")
	}
	if err := Ignored(errDown); err.Error() != errDown.Error() || !errors.Is(err, errDown) {
		t.Errorf("%v", err)
	}
}
