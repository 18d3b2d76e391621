package stats

import (
	"math"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
	"resiltui/internal/engine/health"
	"resiltui/internal/sensors"
)

// watched is an endpoint whose calls are published with what the health machine makes of
// them, as the engine does.
type watched struct {
	rig
	machine *health.Machine
	calls   []event.Event
	changes []event.Event // of health and of the circuit
}

func newWatched() *watched {
	r := newRealRig(1)
	return &watched{rig: r, machine: health.NewMachine(r.aggregator.Run().Thresholds)}
}

// call publishes a call that ended at a time.
func (w *watched) call(at time.Duration, c event.Call) {
	c.Start = at - c.Took
	e := event.Event{Kind: event.CallEnded, At: at, Call: c}
	w.Publish(e)
	w.calls = append(w.calls, e)
	if c.Attempts == 0 || c.Outcome == breaker.Neutral {
		return
	}
	change, ok := w.machine.Observe(health.Answer{Began: c.Start, Took: event.LastTook(&c), Failed: c.Result != event.Live, Err: c.Err})
	if ok {
		e := event.Event{Kind: event.HealthChanged, At: at, Health: &change}
		w.Publish(e)
		w.changes = append(w.changes, e)
	}
}

func (w *watched) health(until time.Duration) Health {
	return w.snapshot(Query{Until: until}).Sensors[0].Health
}

func TestAnOutageLastsFromItsFirstFailureToTheMiddleBeforeTheFirstAnswer(t *testing.T) {
	w := newWatched()
	for i := range 120 { // ten minutes, every five seconds
		c := eventtest.Live(20 * ms)
		if i >= 30 && i < 60 || i == 90 {
			c = missing(20 * ms)
			c.Err = "503 Service Unavailable"
		}
		w.call(time.Duration(i)*5*time.Second+20*ms, c)
	}
	got := w.health(10 * time.Minute)
	want := Availability{
		Asked: 120, Answered: 89, UpShare: sensors.Round6(1 - 147.5/600), HasUp: true,
		Down: 147500 * ms, PlusMinus: 2500 * ms, Outages: 1, Alone: 1,
	}
	if got.Availability != want || got.Whole != want {
		t.Errorf("%+v\nwhole %+v\nwant %+v", got.Availability, got.Whole, want)
	}
	last := Outage{Began: 150 * time.Second, Ended: 297500 * ms, PlusMinus: 2500 * ms, Cause: "503 Service Unavailable"}
	if got.Began != last.Began || got.Ended != last.Ended || got.State != health.Up || got.Since != last.Ended {
		t.Errorf("the last outage is from %v to %v, %v since %v", got.Began, got.Ended, got.State, got.Since)
	}
	if all := w.snapshot(Query{Sensors: []int{}}).Endpoints; all.Up != 1 || all.Last != last || all.Since != last.Ended {
		t.Errorf("all endpoints: %+v", all)
	}
}

func TestAnEndpointThatIsDownSaysSinceWhenAndWhy(t *testing.T) {
	w := newWatched()
	if h := w.health(0); h.HasUp || h.State != health.Unknown {
		t.Errorf("nobody asked yet: %+v", h)
	}
	w.call(time.Second, missing(time.Second))
	if h := w.health(2 * time.Second); h.HasUp || h.Failed != 1 || h.Asked != 1 {
		t.Errorf("one failed call is no outage and no answer: %+v", h)
	}
	w.call(6*time.Second, missing(time.Second))
	h := w.health(9 * time.Second)
	if h.State != health.Down || h.Since != 0 || h.Cause != "refused" || h.Failed != 2 || h.Outages != 1 ||
		h.Down != 9*time.Second || !h.HasUp || h.UpShare != 0 || h.Ended != 0 || h.Alone != 0 {
		t.Errorf("%+v", h)
	}
}

func TestAnEndpointFlapsWhereEnoughOutagesBeganLately(t *testing.T) {
	w := newWatched()
	for i := range 3 {
		at := time.Duration(i) * 4 * time.Minute
		w.call(at+time.Second, missing(0))
		w.call(at+2*time.Second, missing(0))
		w.call(at+3*time.Second, eventtest.Live(0))
	}
	for until, want := range map[time.Duration]int{9 * time.Minute: 3, 11 * time.Minute: 2, 15 * time.Minute: 1} {
		if h := w.health(until); h.FlappedOutages != want || h.Flapping != (want > 1) {
			t.Errorf("until %v %d outages began, flapping %v; want %d", until, h.FlappedOutages, h.Flapping, want)
		}
	}
}

func TestAnEndpointThatIsUpAgainSettlesForAMinute(t *testing.T) {
	r := newRealRig(4)
	publish := func(sensor int, at time.Duration, from, to health.State) {
		r.Publish(event.Event{Kind: event.HealthChanged, Sensor: sensor, At: at, Health: &health.Change{From: from, To: to, Since: at}})
	}
	for i := range 4 {
		publish(i, sec, health.Unknown, health.Up) // well from the start
	}
	for i := range 3 {
		publish(i, 2*sec, health.Up, health.Slow)
	}
	publish(0, 10*sec, health.Slow, health.Up)
	publish(1, 30*sec, health.Slow, health.Up)
	for until, want := range map[time.Duration][]int{40 * sec: {0, 1}, 69 * sec: {0, 1}, 70 * sec: {1}, 90 * sec: nil} {
		snap := r.snapshot(Query{Until: until})
		all, settling := snap.Endpoints, []int(nil)
		for i := range snap.Sensors {
			if snap.Sensors[i].Health.Settling {
				settling = append(settling, i)
			}
		}
		if !slices.Equal(settling, want) || len(all.Unwell) != 1 || all.Unwell[0].Index != 2 || all.Up != 3 || all.Slow != 1 {
			t.Errorf("until %v: %+v, want %v", until, all, want)
		}
	}
}

// A circuit that opens again after a probe has opened once.
func TestOpeningsAreCountedOncePerTrip(t *testing.T) {
	w := newWatched()
	for i, c := range []event.Change{
		{From: breaker.Closed, To: breaker.Open},
		{From: breaker.Open, To: breaker.HalfOpen},
		{From: breaker.HalfOpen, To: breaker.Open},
		{From: breaker.HalfOpen, To: breaker.Closed},
	} {
		w.Change(time.Duration(i)*time.Second, c)
	}
	if h := w.health(0); h.Opens != 1 || h.Whole.Opens != 1 {
		t.Errorf("%d openings", h.Opens)
	}
}

func TestGrowthIsToldByThePercentileOfNowAndOfBefore(t *testing.T) {
	w := newWatched()
	for i := range 720 { // an hour, 50 ms to 770 ms
		w.call(time.Duration(i)*5*time.Second+time.Second, eventtest.Live(time.Duration(50+i)*ms))
	}
	h := w.health(59*time.Minute + 59*time.Second)
	near := func(got, want time.Duration) bool { return got > want*96/100 && got < want*104/100 }
	if !near(h.P95Before, 164*ms) || !near(h.P95Now, 768*ms) || !near(h.P95, 734*ms) || h.Before != 54*time.Minute+58525*ms || h.Max != 769*ms {
		t.Errorf("before %v (%v ago), now %v, all %v, max %v", h.P95Before, h.Before, h.P95Now, h.P95, h.Max)
	}
}

// What was retried before is the policies' time.
func TestTheLatencyOfAnEndpointIsThatOfTheAttemptThatAnswered(t *testing.T) {
	w := newWatched()
	for i := range MinAnswers {
		c := eventtest.Live(1400 * ms)
		c.Attempts, c.Tries = 2, []event.Try{{Took: 1000 * ms, Wait: 350 * ms, Err: "timeout"}, {Took: 50 * ms}}
		w.call(time.Duration(i+1)*5*time.Second, c)
	}
	if h := w.health(0); h.Max != 50*ms || h.P95Now != 50*ms || h.State != health.Up {
		t.Errorf("%v, lately %v, %v", h.Max, h.P95Now, h.State)
	}
}

func TestTheTrendOfAValueIsThatOfTheLastMinutes(t *testing.T) {
	w := newWatched()
	for i := range 60 * 12 {
		c := eventtest.Live(0)
		if c.Value = 196; i >= 57*12 {
			c.Value += float64(i-57*12) * 50 // 600 a minute
		}
		w.call(time.Duration(i)*5*time.Second, c)
		if h := w.health(0); h.HasTrend != (i >= 12) {
			t.Fatalf("after %d values, the trend is known: %v", i+1, h.HasTrend)
		}
	}
	h := w.health(0)
	if h.PerMinute != 600 || h.ValueBefore != 196 || h.ValueAgo != 59*time.Minute+55*time.Second {
		t.Errorf("%v a minute, %v before, %v ago", h.PerMinute, h.ValueBefore, h.ValueAgo)
	}
	w.call(time.Hour, missing(0))
	if h := w.health(0); h.HasTrend {
		t.Error("a call without a value has a trend")
	}
}

// anyCall is any call of a real endpoint.
func anyCall(t *rapid.T) event.Call {
	c := eventtest.Live(time.Duration(rapid.IntRange(1, 2500).Draw(t, "ms")) * ms)
	c.Value = float64(rapid.IntRange(-300, 300).Draw(t, "value"))
	c.Missed = rapid.SampledFrom([]int{0, 0, 2}).Draw(t, "missed")
	c.Probe = rapid.IntRange(0, 5).Draw(t, "probe") == 0
	switch rapid.IntRange(0, 9).Draw(t, "what") {
	case 0, 1, 2:
		c.Result, c.Outcome, c.Err = event.Missing, breaker.Failure, rapid.SampledFrom([]string{"503", "refused"}).Draw(t, "err")
	case 3:
		c = eventtest.FastFail()
		c.Held = rapid.Bool().Draw(t, "held")
	case 4:
		c.Admitted = false // beside
	case 5:
		c.Admitted, c.Result, c.Err = false, event.Missing, "refused"
	case 6:
		c.Result, c.Outcome = event.Missing, breaker.Neutral
	}
	return c
}

func TestTheFiguresOfAnyEndpointAreWhatARecountGives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWatched()
		var at time.Duration
		for range rapid.IntRange(0, 80).Draw(t, "calls") {
			at += time.Duration(rapid.SampledFrom([]int{3, 5, 5, 5, 40, 400, 4000}).Draw(t, "wait")) * time.Second
			if rapid.IntRange(0, 9).Draw(t, "opens") == 0 {
				e := event.Event{Kind: event.StateChanged, At: at, Change: &event.Change{To: breaker.Open}}
				w.Publish(e)
				w.changes = append(w.changes, e)
			}
			w.call(at, anyCall(t))
		}
		until := at + time.Duration(rapid.SampledFrom([]int{0, 1, 600, 5000}).Draw(t, "later"))*time.Second
		want, got := w.recount(until), w.health(until)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("until %v\n%s", until, cmp.Diff(want, got))
		}
	})
}

func TestACopyOfTheCountsOfAnEndpointStaysAsItIs(t *testing.T) {
	everything := func(a *Aggregator) Snapshot {
		return a.Snapshot(Query{Columns: maxSlots, Slot: sec, Verdicts: 9, Lines: 9})
	}
	rapid.Check(t, func(t *rapid.T) {
		w := newWatched()
		var at time.Duration
		some := func(n int) {
			for range n {
				at += time.Duration(rapid.SampledFrom([]int{1, 5, 5, 40, 400}).Draw(t, "wait")) * sec
				w.call(at, anyCall(t))
			}
		}
		some(rapid.IntRange(1, 30).Draw(t, "before"))
		copied := w.aggregator.Clone()
		want, from, changes := everything(copied), len(w.calls), len(w.changes)
		some(rapid.IntRange(1, 30).Draw(t, "after"))
		if got := everything(copied); !reflect.DeepEqual(got, want) {
			t.Fatalf("the copy has changed:\n%s", cmp.Diff(want, got))
		}
		events := slices.Concat(w.calls[from:], w.changes[changes:])
		slices.SortStableFunc(events, func(a, b event.Event) int { return int(a.At - b.At) })
		for i := range events {
			copied.Observe(&events[i])
		}
		want, got := everything(w.aggregator), everything(copied)
		got.Lines, want.Lines = nil, nil // these have the numbers of the events
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("the copy went on to\n%s", cmp.Diff(want, got))
		}
	})
}

// recount works out the figures again from all that was published.
func (w *watched) recount(now time.Duration) Health {
	from := max((now/time.Minute-59)*time.Minute, 0)
	h := Health{State: w.machine.State()}
	h.Availability, h.Whole = w.recountFrom(from, now), w.recountFrom(0, now)
	for i := range w.changes {
		c := w.changes[i].Health
		if c == nil {
			continue
		}
		h.Since, h.Cause = c.Since, ""
		h.Settling = c.From != health.Unknown && c.To == health.Up && now < w.changes[i].At+time.Minute
		if c.To == health.Down {
			h.Cause = c.Cause
			h.FlappedOutages += oneIf(c.Since >= now-10*time.Minute)
		}
		if c.From == health.Down {
			h.Began, h.Ended = c.Began, c.Since
		}
	}
	h.Flapping = h.FlappedOutages >= 2
	for i := range w.calls {
		if c := &w.calls[i].Call; counts(c) {
			if h.Failed++; c.Result == event.Live {
				h.Failed = 0
			}
		}
	}
	w.recountLatency(&h, now)
	w.recountTrend(&h, from, now)
	return h
}

func counts(c *event.Call) bool { return c.Attempts > 0 && c.Outcome != breaker.Neutral }

func (w *watched) recountFrom(from, now time.Duration) (a Availability) {
	first := time.Duration(-1)
	for i := range w.calls {
		c := &w.calls[i].Call
		if counts(c) && first < 0 {
			first = c.Start
		}
		if w.calls[i].At < from {
			continue
		}
		live := c.Result == event.Live
		a.Missed += uint64(c.Missed)
		a.Asked += once(counts(c))
		a.Answered += once(counts(c) && live)
		a.Probes += once(c.Probe)
		a.Refused += once(!c.Admitted && !c.Held)
		a.RefusedGood += once(!c.Admitted && counts(c) && live)
		a.RefusedBad += once(!c.Admitted && counts(c) && !live)
		// The one before it failed alone.
		if counts(c) && live {
			a.Alone += oneIf(w.failedBefore(i) == 1)
		}
	}
	for i := range w.changes {
		e := &w.changes[i]
		if e.Kind == event.StateChanged {
			a.Opens += once(e.At >= from)
			continue
		}
		c := e.Health
		began, ended := c.Began, c.Since
		if c.To == health.Down && i == w.lastHealth() {
			began, ended = c.Since, now
		} else if c.From != health.Down {
			continue
		}
		if ended >= from {
			a.Outages++
			a.Down += ended - max(began, from)
			a.PlusMinus += c.PlusMinus
		}
	}
	if a.HasUp = w.machine.State() != health.Unknown; a.HasUp {
		a.UpShare = 1
		if over := now - max(from, first); over > 0 {
			a.UpShare = sensors.Round6(1 - float64(a.Down)/float64(over))
		}
	}
	return a
}

// lastHealth is the index of the last change of health.
func (w *watched) lastHealth() int {
	last := -1
	for i := range w.changes {
		if w.changes[i].Health != nil {
			last = i
		}
	}
	return last
}

// failedBefore is how many calls in a row failed before call i.
func (w *watched) failedBefore(i int) (n int) {
	for i--; i >= 0; i-- {
		c := &w.calls[i].Call
		if !counts(c) {
			continue
		}
		if c.Result == event.Live {
			return n
		}
		n++
	}
	return n
}

func (w *watched) recountLatency(h *Health, now time.Duration) {
	var all, old histogram
	var newest []time.Duration
	const five = 5 * time.Minute
	first := max(now/five-11, 0)
	for i := range w.calls {
		if c := &w.calls[i].Call; counts(c) {
			first = max(first, c.Start/five)
			break
		}
	}
	oldest := max((now/five-first+1)/6, 1)
	start := time.Duration(0)
	for i := len(w.calls) - 1; i >= 0; i-- {
		c := &w.calls[i].Call
		if counts(c) {
			start = c.Start
		}
		if c.Result != event.Live {
			continue
		}
		n := w.calls[i].At / five
		if n >= first {
			all.add(c.Took)
		}
		if n >= first && n < first+oldest {
			old.add(c.Took)
		}
		if len(newest) < SureAnswers {
			newest = append(newest, c.Took)
		}
	}
	h.Answers, h.Max = all.count, all.max
	if all.count >= MinAnswers {
		h.P50, h.P95 = all.percentile(50), all.percentile(95)
	}
	if slices.Sort(newest); len(newest) >= MinAnswers {
		h.P95Now = newest[int(math.Ceil(float64(len(newest))*0.95))-1]
	}
	if now/five > first && old.count >= MinAnswers {
		begin, end := max(first*five, start), (first+oldest)*five
		h.P95Before, h.Before = old.percentile(95), now-begin-(end-begin)/2
	}
}

func (w *watched) recountTrend(h *Health, from, now time.Duration) {
	if len(w.calls) == 0 || w.calls[len(w.calls)-1].Call.Result != event.Live {
		return
	}
	newest := w.calls[len(w.calls)-1]
	var firsts []event.Event // of each minute
	for i := range w.calls {
		e := w.calls[i]
		if e.Call.Result != event.Live || e.At < from {
			continue
		}
		if len(firsts) == 0 || firsts[len(firsts)-1].At/time.Minute != e.At/time.Minute {
			firsts = append(firsts, e)
		}
	}
	if len(firsts) == 0 {
		return
	}
	h.ValueBefore, h.ValueAgo = firsts[0].Call.Value, now-firsts[0].At
	for i := len(firsts) - 1; i >= 0; i-- {
		ago := newest.At - firsts[i].At
		oldest := i == 0 || newest.At-firsts[i-1].At > 10*time.Minute
		if ago > 10*time.Minute || ago < time.Minute || !oldest && ago < 2*time.Minute {
			continue
		}
		h.HasTrend = true
		h.PerMinute = sensors.Round6((newest.Call.Value - firsts[i].Call.Value) / ago.Minutes())
		return
	}
}

func once(yes bool) uint64 { return uint64(oneIf(yes)) }
