package fault

import (
	"errors"
	nethttp "net/http"
	"net/http/httptest"
	"testing"
	"time"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/http"
	"resiltui/internal/sensors/sensorstest"
)

// served is an endpoint that answers with a number.
func served(t *testing.T, clock *sensorstest.Clock) *http.Sensor {
	t.Helper()
	server := httptest.NewServer(nethttp.HandlerFunc(func(w nethttp.ResponseWriter, _ *nethttp.Request) { _, _ = w.Write([]byte(`{"v": 7}`)) }))
	t.Cleanup(server.Close)
	h, err := http.New(http.Config{URL: server.URL, JQ: ".v", Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	return h
}

func TestEveryKindActsOnAnEndpointToo(t *testing.T) {
	for _, kind := range Kinds() {
		clock := &sensorstest.Clock{Limit: 24 * time.Hour}
		f := Wrap(served(t, clock), 42, clock.Sleep, clock.Now)
		fault := kind.Default
		for _, p := range kind.Params {
			if p.Name == "share" && kind.Number != Burst {
				p.Set(&fault, 100)
			}
		}
		if _, err := f.Read(t.Context(), sensors.Request{Call: 1, Attempt: 1}); err != nil {
			t.Fatal(err)
		}
		fault = inject(t, f, fault, 0)
		changed := false
		for call := uint64(2); call < 8; call++ {
			clock.T = time.Duration(call-2) * 500 * time.Millisecond
			at := clock.T
			got, err := readOf(f, sensors.Request{Call: call, Attempt: 1, At: at})
			changed = changed || err != nil || got.Value != 7 || clock.Now() != at
		}
		// A value that never changes is stuck already.
		if !changed && kind.Number != Stuck {
			t.Errorf("%s does nothing to an endpoint", kind.Name)
		}
	}
}

func TestAnHTTPSensorTakesFaults(t *testing.T) {
	clock := &sensorstest.Clock{}
	f := Wrap(served(t, clock), 1, clock.Sleep, clock.Now)
	if _, ok := sensors.AsPlanned(f); ok {
		t.Error("a real endpoint says that it can be planned")
	}
	inject(t, f, Default(Crash), 0)
	_, err := f.Read(t.Context(), sensors.Request{Call: 1, Attempt: 1})
	if _, ok := errors.AsType[*sensors.ReadError](err); !ok || err.Error() != "connection refused" {
		t.Errorf("error %v", err)
	}
	f.Recover()
	if _, err := f.Read(t.Context(), sensors.Request{At: 2}); err != nil {
		t.Error(err)
	}
}
