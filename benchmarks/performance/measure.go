package main

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"
)

// median of figures; with an even number of them the mean of the two in the
// middle.
func median(values []float64) float64 {
	s := slices.Sorted(slices.Values(values))
	if len(s) == 0 {
		return 0
	}
	m := len(s) / 2
	if len(s)%2 == 1 {
		return s[m]
	}
	return (s[m-1] + s[m]) / 2
}

// repeat measures something several times and returns the median.
func repeat(n int, once func() (float64, error)) (float64, error) {
	var all []float64
	for range n {
		v, err := once()
		if err != nil {
			return 0, err
		}
		all = append(all, v)
	}
	return median(all), nil
}

// call is one call of a benchmark, and what it must end with.
type call struct {
	name string
	want error
	do   func() error
}

// time runs the call for about slice and returns nanoseconds a call.
func (c call) time(slice time.Duration) float64 {
	const stride = 256 // between two looks at the time
	n, start := 0, time.Now()
	for {
		for range stride {
			if err := c.do(); (err == nil) != (c.want == nil) {
				panic(fmt.Sprintf("%s: %v", c.name, err))
			}
		}
		n += stride
		if took := time.Since(start); took >= slice {
			return float64(took.Nanoseconds()) / float64(n)
		}
	}
}

// against measures ours and a peer in turns.
func against(e *effort, ours, peer call) (figure, error) {
	for _, c := range []call{ours, peer} {
		if err := c.do(); !errors.Is(err, c.want) {
			return figure{}, fmt.Errorf("%s: %w", c.name, err)
		}
		c.time(e.slice / 10) // warm
	}
	var a, b []float64
	for range e.runs {
		a = append(a, ours.time(e.slice))
		b = append(b, peer.time(e.slice))
	}
	x, y := median(a), median(b)
	f := figure{value: x / y, text: fmt.Sprintf("%s × (%s ns; %s %s ns)", number(x/y), number(x), peer.name, number(y))}
	if n := testing.AllocsPerRun(1000, func() { _ = ours.do() }); n > 0 {
		f.wrong = fmt.Sprintf("%v allocations a call", n)
	}
	return f, nil
}
