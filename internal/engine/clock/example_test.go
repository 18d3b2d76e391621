package clock_test

import (
	"context"
	"fmt"
	"time"

	"resiltui/internal/engine/clock"
)

// A batch of three reads, of which one takes longer than its deadline. A minute
// of virtual time takes no real time.
func ExampleVirtual() {
	v := clock.NewVirtual()
	v.Start(func() {
		ctx := context.Background()
		reads := v.Group()
		for _, takes := range []time.Duration{20, 40, 90} {
			reads.Go(func() {
				ctx, cancel := v.WithTimeout(ctx, time.Minute)
				defer cancel()
				err := v.Sleep(ctx, takes*time.Second)
				fmt.Println(v.Now(), err)
			})
		}
		_ = reads.Wait(ctx)
		fmt.Println("batch done at", v.Now())
	})
	fmt.Println(v.Run(context.Background()))
	// Output:
	// 20s <nil>
	// 40s <nil>
	// 1m0s context deadline exceeded
	// batch done at 1m0s
	// <nil>
}
