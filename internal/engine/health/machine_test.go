package health

import (
	"fmt"
	"testing"
	"time"
)

const second = time.Second

// play gives a machine one answer every ten seconds from 10 s on, and returns the changes
// with the number of the answer that made each. In the script . is an answer, s a slow
// one, x a failed call, - a time in which nobody asked.
func play(limits Thresholds, script string) string {
	m := NewMachine(limits)
	all := ""
	for i, what := range script {
		at := time.Duration(i+1) * 10 * second
		a := Answer{Began: at, Took: 20 * time.Millisecond}
		switch what {
		case '-':
			continue
		case 's':
			a.Took = second + time.Duration(i+1)*time.Millisecond
		case 'x':
			a.Failed, a.Err = true, fmt.Sprint("error ", i+1)
		}
		failing := m.Failing() + 1
		c, ok := m.Observe(a)
		if !a.Failed {
			failing = 0
		}
		if m.Failing() != failing {
			return fmt.Sprintf("%d: %d failing, want %d", i+1, m.Failing(), failing)
		}
		if !ok {
			continue
		}
		all += fmt.Sprintf("%d: %v to %v since %v after %d", i+1, c.From, c.To, c.Since, c.Calls)
		if c.To == Slow {
			all += fmt.Sprintf(", slowest %v", c.Slowest)
		}
		if c.From == Down {
			all += fmt.Sprintf(", was down from %v ±%v", c.Began, c.PlusMinus)
		}
		if c.Cause != "" {
			all += ", " + c.Cause
		}
		all += "\n"
	}
	return all
}

func TestTheStateOfAnEndpointFollowsItsAnswers(t *testing.T) {
	three := Thresholds{SlowAnswers: 3}
	for _, c := range []struct {
		name, script string
		limits       Thresholds
		want         string
	}{
		{"nobody asked", "---", three, ""},
		{"the first answer makes it up", "-...", three, "2: UNKNOWN to UP since 20s after 1\n"},
		{"a single failure is no outage", ".x.x.", three, "1: UNKNOWN to UP since 10s after 1\n"},
		{
			"two failures are, since the first and because of it", ".xx", three,
			"1: UNKNOWN to UP since 10s after 1\n3: UP to DOWN since 20s after 2, error 2\n",
		},
		{"an endpoint that never answered is down", "xxx", three, "2: UNKNOWN to DOWN since 10s after 2, error 1\n"},
		{"one failure, then an answer", "x.", three, "2: UNKNOWN to UP since 20s after 1\n"},
		{
			"it is up again in the middle between the last failure and the answer", "xxxx.", three,
			"2: UNKNOWN to DOWN since 10s after 2, error 1\n5: DOWN to UP since 45s after 1, was down from 10s ±5s, error 1\n",
		},
		{
			"where nobody asked meanwhile, that is less certain", "xx---.", three,
			"2: UNKNOWN to DOWN since 10s after 2, error 1\n6: DOWN to UP since 40s after 1, was down from 10s ±20s, error 1\n",
		},
		{
			"the number of failures can be set", "x.xxx.",
			Thresholds{OutageAfter: 3},
			"2: UNKNOWN to UP since 20s after 1\n5: UP to DOWN since 30s after 3, error 3\n" +
				"6: DOWN to UP since 55s after 1, was down from 30s ±5s, error 3\n",
		},
		{
			"one failure can be an outage", ".x.",
			Thresholds{OutageAfter: 1},
			"1: UNKNOWN to UP since 10s after 1\n2: UP to DOWN since 20s after 1, error 2\n" +
				"3: DOWN to UP since 25s after 1, was down from 20s ±5s, error 2\n",
		},
		{"a few slow answers are not slow", ".ss.ss.", three, "1: UNKNOWN to UP since 10s after 1\n"},
		{
			"enough in a row are, since the first of them", ".sss", three,
			"1: UNKNOWN to UP since 10s after 1\n4: UP to SLOW since 20s after 3, slowest 1.004s\n",
		},
		{
			"and it is up after as many that are not", ".sss..s...", three,
			"1: UNKNOWN to UP since 10s after 1\n4: UP to SLOW since 20s after 3, slowest 1.004s\n" +
				"10: SLOW to UP since 1m20s after 3\n",
		},
		{
			"a failure alone does not end the row of slow answers", ".sxss", three,
			"1: UNKNOWN to UP since 10s after 1\n5: UP to SLOW since 20s after 3, slowest 1.005s\n",
		},
		{
			"an outage does", ".ssxxss", three,
			"1: UNKNOWN to UP since 10s after 1\n5: UP to DOWN since 40s after 2, error 4\n" +
				"6: DOWN to UP since 55s after 1, was down from 40s ±5s, error 4\n",
		},
		{
			"a slow endpoint goes down, and comes back up", ".sssxx.", three,
			"1: UNKNOWN to UP since 10s after 1\n4: UP to SLOW since 20s after 3, slowest 1.004s\n" +
				"6: SLOW to DOWN since 50s after 2, error 5\n7: DOWN to UP since 1m5s after 1, was down from 50s ±5s, error 5\n",
		},
		{
			"the first answer can be slow", "sss", three,
			"1: UNKNOWN to UP since 10s after 1\n3: UP to SLOW since 10s after 3, slowest 1.003s\n",
		},
		{
			"a slow answer can be enough, but not to end an outage", "xxss.",
			Thresholds{SlowAnswers: 1},
			"2: UNKNOWN to DOWN since 10s after 2, error 1\n3: DOWN to UP since 25s after 1, was down from 10s ±5s, error 1\n" +
				"4: UP to SLOW since 30s after 2, slowest 1.004s\n5: SLOW to UP since 50s after 1\n",
		},
	} {
		if got := play(c.limits, c.script); got != c.want {
			t.Errorf("%s: %q gives\n%swant\n%s", c.name, c.script, got, c.want)
		}
	}
}

// With retries, it is known of more moments than one a call.
func TestAnOutageEndsBetweenTheLastFailedAttemptAndTheGoodOne(t *testing.T) {
	m := NewMachine(Thresholds{OutageAfter: 1})
	m.Observe(Answer{Began: 10 * second, Last: 16 * second, Failed: true})
	c, ok := m.Observe(Answer{Began: 20 * second, Last: 26 * second})
	if !ok || c.Began != 10*second || c.Since != 21*second || c.PlusMinus != 5*second {
		t.Errorf("%+v", c)
	}
}

func TestAnAnswerThatTakesExactlyTheLimitIsNotSlow(t *testing.T) {
	m := NewMachine(Thresholds{Slow: second, SlowAnswers: 1})
	m.Observe(Answer{Took: second})
	m.Observe(Answer{Took: second})
	if got := m.State(); got != Up {
		t.Errorf("it is %v", got)
	}
	m.Observe(Answer{Took: second + 1})
	if got := m.State(); got != Slow {
		t.Errorf("after a longer one it is %v", got)
	}
}
