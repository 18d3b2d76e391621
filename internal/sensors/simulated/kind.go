package simulated

import (
	"resiltui/internal/sensors"
	"resiltui/internal/setting"
)

// Kind returns the kind of simulated sensors. No URL opens them: they are parts
// of scenarios, which define more of a sensor than its settings do.
func Kind() sensors.Kind {
	return sensors.Kind{
		Name: "simulated", Title: "simulated",
		Help:     "The value shown is made from the seed.",
		Settings: setting.Rows(Settings()),
		Open:     open,
	}
}

// open makes a sensor that never fails, except as its settings say.
func open(_ string, set sensors.Values, env sensors.Env) (sensors.Sensor, error) {
	c := Config{
		Info: sensors.Info{ID: env.ID, Name: env.Name, Unit: "ok"},
		Seed: env.Seed, Signal: Constant(1), Sleep: env.Sleep,
	}
	if err := sensors.Apply(&c, Settings(), set); err != nil {
		return nil, err
	}
	s, err := New(c)
	if err != nil {
		return nil, err
	}
	return s, nil
}
