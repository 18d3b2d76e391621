package fallback_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"resiltui/internal/engine/fallback"
)

func ExampleDo() {
	now := 47 * time.Second
	st := fallback.NewLastKnownGood(fallback.Options{MaxAge: time.Minute, Now: func() time.Duration { return now }})
	st.Good("S1", fallback.Reading{Value: 47.51, At: now})

	now += 500 * time.Millisecond
	r, err := fallback.Do(context.Background(), st, "S1", func(context.Context) (fallback.Reading, error) {
		return fallback.Reading{}, errors.New("bad frame")
	})
	fmt.Println(r.Value, r.Quality, r.Age(now), err)
	// Output: 47.51 stale 500ms <nil>
}

// The three strategies face the same failure after the same readings.
func ExampleParse() {
	for _, name := range fallback.Names() {
		st, err := fallback.Parse(name, fallback.Options{})
		if err != nil {
			fmt.Println(err)
			return
		}
		for i, v := range []float64{20.0, 20.5, 21.3} {
			st.Good("S3", fallback.Reading{Value: v, At: time.Duration(i) * time.Second})
		}
		if r, ok := st.HandleFailure("S3", errors.New("connection refused")); ok {
			fmt.Println(name, r.Value, r.Quality)
		} else {
			fmt.Println(name, "none")
		}
	}
	// Output:
	// drop none
	// last-known-good 21.3 stale
	// interpolated 20.6 interpolated
}
