package retry_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"resiltui/internal/engine/retry"
)

func ExampleDo() {
	p := &retry.Policy{
		MaxAttempts: 3,
		BaseDelay:   50 * time.Millisecond,
		Sleep: func(_ context.Context, d time.Duration) error {
			fmt.Println("wait", d)
			return nil
		},
	}
	v, err := retry.Do(context.Background(), p, func(_ context.Context, attempt int) (float64, error) {
		if attempt < 3 {
			return 0, errors.New("connection refused")
		}
		return 4.16, nil
	})
	fmt.Println(v, err)
	// Output:
	// wait 50ms
	// wait 100ms
	// 4.16 <nil>
}

func ExamplePolicy_Delay() {
	p := retry.Policy{BaseDelay: 50 * time.Millisecond, MaxDelay: 300 * time.Millisecond}
	for n := 1; n <= 4; n++ {
		fmt.Println(n, p.Delay(n, 0, 0))
	}
	// Output:
	// 1 50ms
	// 2 100ms
	// 3 200ms
	// 4 300ms
}

func ExamplePermanent() {
	_, err := retry.Do(context.Background(), nil, func(_ context.Context, attempt int) (int, error) {
		return 0, retry.Permanent(fmt.Errorf("attempt %d: %w", attempt, os.ErrNotExist))
	})
	fmt.Println(err, errors.Is(err, os.ErrNotExist), errors.Is(err, retry.ErrExhausted))
	// Output: attempt 1: file does not exist true false
}

func ExampleWrap() {
	reg := retry.NewRegistry()
	p := retry.Policy{
		RetryOn: []retry.Match{retry.Is(context.DeadlineExceeded)},
		Sleep:   func(context.Context, time.Duration) error { return nil },
	}
	query, err := retry.Wrap(reg, "queryDatabase", p, func(_ context.Context, q string) (int, error) {
		if q == "slow" {
			return 0, context.DeadlineExceeded
		}
		return len(q), nil
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, q := range []string{"select", "slow", "insert"} {
		fmt.Println(query(context.Background(), q))
	}
	if err := reg.Report(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 6 <nil>
	// 0 attempts ran out after 3: context deadline exceeded
	// 6 <nil>
	// name           calls  success  attempts  retries  saved  ran out  propagated  total delay  delay per ran out
	// queryDatabase      3   66.7 %         5        2      0        1           0      0.150 s            0.150 s
}
