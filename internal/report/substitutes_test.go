package report

import (
	"slices"
	"strings"
	"testing"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/scenario"
	"resiltui/internal/stats"
)

// The error is against the hidden truth at the end of the call, of what was served in
// place of a live value, and each sensor has its own.
func TestTheErrorsOfSubstitutesAreSensorBySensorInItsUnit(t *testing.T) {
	o := seeded(scenario.DefaultSeed)
	rec := recordOf(t, "strategies", o)
	judged := 0
	for _, s := range strategiesOf(t, o).Strategies {
		var units, ids []string
		for _, e := range s.Errors {
			units, ids = append(units, e.Unit), append(ids, e.Sensor)
		}
		if !slices.Equal(ids, []string{"S0", "S1", "S2", "S3", "S4"}) || !slices.Equal(units, []string{"°C", "kPa", "mm/s", "bar", "°C"}) {
			t.Errorf("%s: %v in %v", s.Name, ids, units)
		}
		at := 0
		for i, sensor := range rec.run.Sensors {
			if sensor.Strategy != s.Name {
				continue
			}
			e := s.Errors[at]
			at++
			sum, most, n := 0.0, 0.0, 0
			for k := range rec.calls[i] {
				if c := &rec.calls[i][k].Call; c.Served && c.Quality != fallback.Live {
					off := max(c.Value-c.Truth, c.Truth-c.Value)
					sum, most = sum+off, max(most, off)
					n++
				}
			}
			if n == 0 {
				continue
			}
			judged++
			if !near(*e.MeanAbsoluteError, sum/float64(n)) || !near(*e.MaxAbsoluteError, most) || e.Substituted != n {
				t.Errorf("%s, %s: %v and %v of %d, not %v and %v of %d", s.Name, sensor.ID,
					*e.MeanAbsoluteError, *e.MaxAbsoluteError, e.Substituted, sum/float64(n), most, n)
			}
		}
	}
	if judged < 4 {
		t.Errorf("only %d errors were judged", judged)
	}
}

func near(got, want float64) bool { return got > want-2e-6 && got < want+2e-6 }

// The page works out what each strategy would have served; the report has really run
// all three. Both must come to the same numbers.
func TestTheReportAndTheStrategiesPageAgreeOnEveryError(t *testing.T) {
	for seed := range uint64(10) {
		sc := scenario.Strategies()
		aggregator := stats.New(stats.WithCounterfactuals())
		hub := event.NewHub(aggregator)
		if err := engine.Play(t.Context(), hub, configOf(sc, Options{}, seed)); err != nil {
			t.Fatal(err)
		}
		r := strategiesOf(t, seeded(seed))
		at, compared := r.nearest()
		hub.Read(func() {
			page := aggregator.Snapshot(stats.Query{Strategies: true, Sensors: []int{0, 3, 6, 9, 12}}).Strategies
			for i, s := range r.Strategies {
				if len(page) != len(r.Strategies) || len(page[i].Sensors) != 5 {
					t.Fatalf("the page has %d strategies", len(page))
				}
				if delivered := int(page[i].Counts.Delivered()); delivered != s.TotalDelivered {
					t.Errorf("seed %d, %s: %d delivered, on the page %d", seed, s.Name, s.TotalDelivered, delivered)
				}
				if compared != page[i].Compared || at[i] != page[i].Nearest {
					t.Errorf("seed %d, %s: nearest at %d of %d, on the page %d of %d", seed, s.Name, at[i], compared, page[i].Nearest, page[i].Compared)
				}
				for k, e := range s.Errors {
					c := page[i].Sensors[k].Counts
					mean, ok := c.MeanOff()
					if ok != (e.MeanAbsoluteError != nil) || ok && (!near(*e.MeanAbsoluteError, mean) || !near(*e.MaxAbsoluteError, float64(c.MaxOff)/1e6)) {
						t.Errorf("seed %d, %s at %s: %+v, on the page %+v", seed, s.Name, e.Sensor, e, c)
					}
				}
			}
		})
	}
}

// A mean over degrees, kilopascals and bars stood there.
func TestNoErrorIsAveragedOverUnits(t *testing.T) {
	r := strategiesOf(t, seeded(scenario.DefaultSeed))
	units := map[string]string{}
	for _, f := range r.Figures() {
		if strings.Contains(f.Name, "error") {
			units[f.Name] = f.Unit
		}
	}
	if len(units) != 10 || units["last-known-good mean absolute error at S1"] != "kPa" || units["interpolated mean absolute error at S3"] != "bar" {
		t.Errorf("%v", units)
	}
	for _, table := range r.Document().Sections[1].Tables {
		for _, c := range table.Columns {
			if table.Name == "summary" && strings.Contains(c.Key, "Error") {
				t.Errorf("the summary has %s", c.Key)
			}
		}
	}
}
