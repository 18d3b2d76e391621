package report

import (
	"slices"

	"resiltui/internal/engine/fallback"
	"resiltui/internal/report/render"
	"resiltui/internal/stats/counterfactual"
)

// StrategyError is the difference between the substitutes that a strategy served for
// one sensor and the hidden true signal, in the sensor's unit. Errors of several
// sensors are never averaged: a mean of degrees and bars has no meaning.
type StrategyError struct {
	Sensor string `json:"sensor"`
	Unit   string `json:"unit"`
	// MeanAbsoluteError and MaxAbsoluteError are null where no substitute was served.
	MeanAbsoluteError *float64 `json:"meanAbsoluteError"`
	MaxAbsoluteError  *float64 `json:"maxAbsoluteError"`
	// Substituted counts the substitutes that were served.
	Substituted int `json:"substituted"`

	// judged holds the counts from which the figures are computed.
	judged counterfactual.Counts
}

// strategyError adds up the errors of the substitutes for sensor i of the run. name is
// the name that the three copies of the sensor have in common.
func strategyError(r *record, i int, name string) StrategyError {
	out := StrategyError{Sensor: name, Unit: r.run.Sensors[i].Unit}
	for k := range r.calls[i] {
		c := &r.calls[i][k].Call
		if !c.Served || c.Quality == fallback.Live || !c.HasTruth {
			continue
		}
		out.judged.Judge(c.Value, c.Truth)
	}
	out.Substituted = int(out.judged.Judged)
	if mean, ok := out.judged.MeanOff(); ok {
		out.MeanAbsoluteError = ptr(micro(mean))
		out.MaxAbsoluteError = ptr(micro(float64(out.judged.MaxOff) / 1e6))
	}
	return out
}

// nearest counts for each strategy at how many sensors it has the smallest error, and
// how many sensors could be compared.
func (r *StrategiesReport) nearest() (at []int, compared int) {
	at = make([]int, len(r.Strategies))
	for _, sensor := range r.substituted() {
		best, ok := counterfactual.Nearest(len(at), func(i int) (float64, bool) {
			e := r.Strategies[i].errorOf(sensor)
			if e == nil {
				return 0, false // a setting gave this sensor another strategy
			}
			return e.judged.MeanOff()
		})
		if !ok {
			continue
		}
		compared++
		if best >= 0 {
			at[best]++
		}
	}
	return at, compared
}

// substituted are the sensors that the strategies have, each once, in order.
func (r *StrategiesReport) substituted() (names []string) {
	for i := range r.Strategies {
		for _, e := range r.Strategies[i].Errors {
			if !slices.Contains(names, e.Sensor) {
				names = append(names, e.Sensor)
			}
		}
	}
	slices.Sort(names)
	return names
}

// errorOf is the strategy's error for a sensor, nil where it does not have the sensor.
func (run *StrategyRun) errorOf(sensor string) *StrategyError {
	for k := range run.Errors {
		if run.Errors[k].Sensor == sensor {
			return &run.Errors[k]
		}
	}
	return nil
}

// errorTable lists the errors sensor by sensor, so that strategies are compared in one
// unit. A strategy without substitutes has no rows.
func (r *StrategiesReport) errorTable() render.Table {
	t := render.Table{Name: "errors", Title: "off the true value, sensor by sensor", Columns: []render.Column{
		{Title: "sensor", Key: "sensor"},
		{Title: "unit", Key: "unit"},
		{Title: "strategy", Key: "name"},
		{Title: "substitutes", Key: "substituted", Right: true},
		{Title: "mean error", Key: "meanAbsoluteError", Right: true},
		{Title: "largest", Key: "maxAbsoluteError", Right: true},
	}}
	for _, sensor := range r.substituted() {
		for i := range r.Strategies {
			s := &r.Strategies[i]
			e := s.errorOf(sensor)
			if s.Substituted == 0 || e == nil {
				continue
			}
			t.Rows = append(t.Rows, []render.Cell{
				text(e.Sensor), text(e.Unit), text(s.Name), count(e.Substituted), value(e.MeanAbsoluteError, 3), value(e.MaxAbsoluteError, 3),
			})
		}
	}
	return t
}
