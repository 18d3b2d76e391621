package clock

import (
	"context"
	"fmt"
	"testing"
	"time"
)

// A wake-up is one push, one pop and two switches of coroutine.
func BenchmarkVirtualSleep(b *testing.B) {
	for _, tasks := range []int{5, 1000, 10000} {
		b.Run(fmt.Sprintf("tasks=%d", tasks), func(b *testing.B) {
			benchSleep(b, tasks, func(*Virtual) (context.Context, func()) {
				return context.Background(), func() {}
			})
		})
	}
	b.Run("tasks=1000/deadline", func(b *testing.B) {
		benchSleep(b, 1000, func(v *Virtual) (context.Context, func()) {
			return v.WithTimeout(context.Background(), never)
		})
	})
	b.Run("tasks=1000/run context", func(b *testing.B) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		benchSleep(b, 1000, func(*Virtual) (context.Context, func()) { return ctx, func() {} })
	})
}

func benchSleep(b *testing.B, tasks int, under func(v *Virtual) (context.Context, func())) {
	v, woken := NewVirtual(), 0
	for i := range tasks {
		v.Start(func() {
			ctx, cancel := under(v)
			defer cancel()
			for v.Sleep(ctx, time.Duration(i%97+1)) == nil {
				woken++
			}
		})
	}
	if err := v.RunTo(100); err != nil { // every coroutine is made
		b.Fatal(err)
	}
	woken = 0
	b.ReportAllocs()
	b.ResetTimer()
	v.drive(func() {
		for range b.N {
			v.Next()
			v.step()
		}
	})
	b.StopTimer()
	if woken < b.N {
		b.Fatalf("%d wake-ups in %d steps", woken, b.N)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N), "ns/wake-up")
	v.Stop()
}

// One batch: tasks are started, sleep once, end, and are waited for.
func BenchmarkVirtualGroup(b *testing.B) {
	for _, tasks := range []int{5, 1000, 10000} {
		b.Run(fmt.Sprintf("tasks=%d", tasks), func(b *testing.B) {
			v := NewVirtual()
			ctx := context.Background()
			v.Start(func() {
				g := v.Group()
				sleep := func() { _ = v.Sleep(ctx, time.Second) }
				for i := range b.N + 1 {
					if i == 1 {
						b.ReportAllocs()
						b.ResetTimer()
					}
					for range tasks {
						g.Go(sleep)
					}
					_ = g.Wait(ctx)
				}
				b.StopTimer()
			})
			if err := v.Run(ctx); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*tasks), "ns/task")
		})
	}
}
