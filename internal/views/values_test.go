package views

import (
	"math"
	"testing"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/sensors"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

func TestAValueOfAnEndpointHasTheDigitsThatItNeeds(t *testing.T) {
	look := draw.NewLook(draw.Options{Theme: draw.ThemeMono}, true)
	for _, c := range []struct {
		info  sensors.Info
		value float64
		want  string
	}{
		{sensors.Info{Real: true, Decimals: words.MaxDecimals}, 0.00042, "0.00042"},
		{sensors.Info{Real: true, Decimals: words.MaxDecimals, Unit: "jobs"}, 1777, "1,777 jobs"},
		{sensors.Info{Real: true, Decimals: words.MaxDecimals, Unit: "°C"}, 47.5123, "47.51 °C"},
		{sensors.Info{Real: true, Timed: true, Decimals: 1, Unit: "ms"}, 47.5123, "47.5 ms"},
		{sensors.Info{Decimals: 2, Unit: "bar"}, 1777, "1777.00 bar"},
		{sensors.Info{Decimals: 6}, 12.5, "12.500000"},
	} {
		v := &stats.SensorView{Sensor: event.Sensor{Info: c.info}, Calls: 1, HasValue: true, Value: c.value}
		if got := ValueText(look, v); got != c.want {
			t.Errorf("%v of %+v is %q, want %q", c.value, c.info, got, c.want)
		}
	}
}

func TestATrendHasTheDigitsThatItNeeds(t *testing.T) {
	look := draw.NewLook(draw.Options{Theme: draw.ThemeMono}, true)
	for change, want := range map[float64]string{
		616.4: "UP, 5 jobs, +616 a minute", -1234.5: "UP, 5 jobs, -1,235 a minute", 12.34: "UP, 5 jobs, +12 a minute",
		-0.000424: "UP, 5 jobs, -0.00042 a minute", 0: "UP, 5 jobs",
	} {
		v := &stats.SensorView{
			Sensor: event.Sensor{Info: sensors.Info{Real: true, Decimals: words.MaxDecimals, Unit: "jobs"}}, Calls: 1, HasValue: true, Value: 5,
		}
		v.Health.State, v.Health.HasTrend, v.Health.PerMinute = health.Up, true, change
		if got := NewScreen(look).EndpointForms(v, false)[0]; got != want {
			t.Errorf("%v a minute gives %q, want %q", change, got, want)
		}
	}
	unseen := &stats.SensorView{Sensor: event.Sensor{Info: sensors.Info{Real: true, Decimals: 1, Unit: "days"}}, Calls: 1, HasValue: true, Value: 42.31}
	unseen.Health.State, unseen.Health.HasTrend, unseen.Health.PerMinute = health.Up, true, -0.0007
	if got := NewScreen(look).EndpointForms(unseen, false)[0]; got != "UP, 42.3 days" {
		t.Errorf("a change that cannot be seen gives %q", got)
	}
}

func TestTheTopOfAScaleOfValuesFitsItsGutter(t *testing.T) {
	for top, want := range map[float64]string{
		0.0004: "4e-04", 0.004: "0.004", 0.8: "0.8", 8: "8", 2000: "2,000", 20000: "20000", 200000: "200k",
		4e6: "4M", 1e10: "10G", 1e18: "1e+18", 0: "0",
	} {
		if got := ValueTopText([]float64{top}, 1); got != want {
			t.Errorf("%v is %q, want %q", top, got, want)
		}
	}
	if got := ValueTopText([]float64{math.NaN()}, 1); got != "" {
		t.Errorf("no value has the top %q", got)
	}
}
