package scenario

import (
	"context"
	"fmt"
	"math"
	nethttp "net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/stats"
)

const (
	truthTime     = 10 * time.Minute
	truthInterval = 200 * time.Millisecond
	truthTimeout  = 3 * time.Second
)

// down is when a service fails, from one time of the run to another.
type down struct{ from, to time.Duration }

// tested is five services that answer without a network, and count what they answered.
type tested struct {
	start time.Time
	down  map[string][]down

	mu     sync.Mutex
	served map[string][]answered // guarded by mu
}

// answered is a request as its service saw it.
type answered struct {
	from, to time.Duration
	ok       bool
}

// services are one that is well, one that is down in every second ten seconds, one that
// grows from 50 ms to 2 s, one that gives no answer for two minutes, and one that is busy
// for a minute and a half.
func services() *tested {
	s := &tested{start: time.Now(), served: map[string][]answered{}, down: map[string][]down{
		"/hangs": {{200 * time.Second, 320 * time.Second}}, "/busy": {{100 * time.Second, 190 * time.Second}},
	}}
	for at := 10 * time.Second; at < truthTime-20*time.Second; at += 20 * time.Second {
		s.down["/flaps"] = append(s.down["/flaps"], down{at, at + 10*time.Second})
	}
	return s
}

func (s *tested) isDown(path string, at time.Duration) bool {
	for _, d := range s.down[path] {
		if at >= d.from && at < d.to {
			return true
		}
	}
	return false
}

// downTime is how long a service was down until the end.
func (s *tested) downTime(path string) (sum time.Duration) {
	for _, d := range s.down[path] {
		sum += d.to - d.from
	}
	return sum
}

func (s *tested) RoundTrip(r *nethttp.Request) (*nethttp.Response, error) {
	path, from := r.URL.Path, time.Since(s.start)
	answer := &nethttp.Response{StatusCode: nethttp.StatusOK, Request: r, Header: nethttp.Header{}, Body: nethttp.NoBody}
	takes := 20 * time.Millisecond
	failed := s.isDown(path, from)
	switch {
	case failed && path == "/hangs":
		takes = time.Hour
	case failed:
		answer.StatusCode = nethttp.StatusServiceUnavailable
		if path == "/busy" {
			answer.Header.Set("Retry-After", "5")
		}
	case path == "/grows":
		takes = 50*time.Millisecond + time.Duration(float64(1950*time.Millisecond)*from.Seconds()/truthTime.Seconds())
	}
	err := asleep(r.Context(), takes)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.served[path] = append(s.served[path], answered{from, time.Since(s.start), !failed && err == nil})
	if err != nil {
		return nil, err
	}
	return answer, nil
}

func asleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// outages keeps the changes of health of a run.
type outages struct{ over map[int][]health.Change }

func (o *outages) Observe(e *event.Event) {
	if e.Kind == event.HealthChanged && e.Health.From == health.Down {
		o.over[e.Sensor] = append(o.over[e.Sensor], *e.Health)
	}
}

func paths() []string { return []string{"/well", "/flaps", "/grows", "/hangs", "/busy"} }

// watchTruth watches the services for ten minutes and returns what is known then.
func watchTruth(t *testing.T, inTheWay bool, check func(s *tested, known stats.Snapshot, seen *outages)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		web := services()
		var targets []string
		for _, p := range paths() {
			targets = append(targets, p[1:]+"=http://localhost"+p)
		}
		o := watching(targets...)
		o.Kinds, o.Policies, o.Interval, o.Timeout = through(web), inTheWay, truthInterval, truthTimeout
		config, err := Watch(o)
		if err != nil {
			t.Fatal(err)
		}
		known, seen := stats.New(), &outages{over: map[int][]health.Change{}}
		hub := event.NewHub(known, seen)
		ctx, cancel := context.WithTimeout(t.Context(), truthTime)
		defer cancel()
		if err := engine.Play(ctx, hub, config); err != nil && ctx.Err() == nil {
			t.Fatal(err)
		}
		check(web, known.Snapshot(stats.Query{Columns: 100, Slot: 5 * time.Second, Until: truthTime - time.Millisecond}), seen)
	})
}

// The availability of each endpoint, and when its outages began and ended, agree with the
// services themselves: with policies that only watch to an interval, with policies in the
// way, which ask seldom, as far as the run says that it knows.
func TestWhatAWatchTellsIsWhatTheServicesDid(t *testing.T) {
	for _, inTheWay := range []bool{false, true} {
		watchTruth(t, inTheWay, func(s *tested, known stats.Snapshot, seen *outages) {
			for i, path := range paths() {
				h := known.Sensors[i].Health
				want := 1 - s.downTime(path).Seconds()/truthTime.Seconds()
				off := 0.01
				if inTheWay {
					off += h.Whole.PlusMinus.Seconds() / truthTime.Seconds()
				}
				if math.Abs(h.Whole.UpShare-want) > off {
					t.Errorf("in the way %t: %s is told as up %.4f, the service was up %.4f (± %.4f)", inTheWay, path, h.Whole.UpShare, want, off)
				}
				if got := len(seen.over[i]); got != len(s.down[path]) && (!inTheWay || path != "/flaps") {
					t.Errorf("in the way %t: %s has %d outages, the service had %d", inTheWay, path, got, len(s.down[path]))
					continue
				}
				for k, c := range seen.over[i] {
					checkOutage(t, fmt.Sprintf("in the way %t: %s", inTheWay, path), c, s.down[path][min(k, len(s.down[path])-1)], inTheWay && path == "/flaps")
				}
			}
			// Beside, every request of the services is a call, and none else is.
			for i, path := range paths() {
				c := known.Sensors[i].Health.Whole
				if sent := uint64(len(s.served[path])); !inTheWay && sent-c.Asked > 1 {
					t.Errorf("%s got %d requests in %d calls", path, sent, c.Asked)
				}
				if due := uint64(truthTime / truthInterval); !inTheWay && (c.Asked+c.Missed > due || c.Asked+c.Missed < due-16) {
					t.Errorf("%s: %d calls and %d missed, %d were due", path, c.Asked, c.Missed, due)
				}
			}
		})
	}
}

// checkOutage compares an outage with what the service did. A longer one than the service
// had is right only where several ran together.
func checkOutage(t *testing.T, what string, c health.Change, d down, joined bool) {
	t.Helper()
	off := max(truthInterval, c.PlusMinus)
	if joined {
		return
	}
	if c.Began < d.from || c.Began > d.from+off || c.Since < d.to-off || c.Since > d.to+off {
		t.Errorf("%s was down from %v to %v (± %v), the service from %v to %v", what, c.Began, c.Since, off, d.from, d.to)
	}
}

// A slot of the screen holds what the services did in it, for all endpoints the same slot.
func TestTheSameMomentIsInTheSameColumnOfEveryEndpoint(t *testing.T) {
	watchTruth(t, false, func(s *tested, known stats.Snapshot, _ *outages) {
		const slot = 5 * time.Second
		first := known.Sensors[0].Columns
		if len(first) != 100 || first[99].At != truthTime-slot {
			t.Fatalf("%d columns, the last of %v", len(first), first[len(first)-1].At)
		}
		for i, path := range paths() {
			for k, c := range known.Sensors[i].Columns {
				if c.At != first[k].At || c.At%slot != 0 {
					t.Fatalf("column %d of %s is %v, of %s %v", k, path, c.At, paths()[0], first[k].At)
				}
				var asked, failed bool
				for _, a := range s.served[path] {
					if a.from < c.At+slot && a.to >= c.At && a.to < truthTime {
						asked, failed = true, failed || !a.ok
					}
				}
				if got := c.Mark; (got != event.MarkNone) != asked || (got == event.MarkMissing) != failed {
					t.Errorf("%s at %v is drawn as mark %d; it answered %t, failed %t", path, c.At, got, asked, failed)
				}
			}
		}
		grows := known.Sensors[2].Columns
		if a, b := grows[10].Took, grows[90].Took; b < a+time.Second {
			t.Errorf("the one that grows took %v, and later %v", a, b)
		}
	})
}
