package scenario

import (
	"strings"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/policy"
	"resiltui/internal/sensors/simulated"
	"resiltui/internal/setting"
)

// DefaultInterval is the time between batches where a scenario needs no other.
const DefaultInterval = 500 * time.Millisecond

// row is a setting of a scenario under its full name.
type row struct {
	setting.Of[Scenario]
	// sensor is the id of the sensor that it belongs to, and own its name there;
	// both are empty for a setting of all sensors.
	sensor, own string
}

// rows are all settings of the scenario: its own, those of all sensors, and those
// of each sensor. Of real endpoints they are those of the policies.
func (s *Scenario) rows() []row {
	var rows []row
	if !s.watched {
		rows = append(rows, row{Of: intervalSetting()})
	}
	for _, p := range policySettings() {
		rows = append(rows, row{Of: ofAll(p)})
	}
	each := s.ofEach()
	for i := range s.Sensors {
		id := s.Sensors[i].Info.ID
		for _, own := range each {
			rows = append(rows, row{Of: ofOne(own, i, id), sensor: id, own: own.Name})
		}
	}
	return rows
}

// ofEach are the settings that each sensor has.
func (s *Scenario) ofEach() []setting.Of[Sensor] {
	if s.watched {
		return policySettings()
	}
	return sensorSettings()
}

func intervalSetting() setting.Of[Scenario] {
	return setting.Numeric(
		setting.Row{
			Name: "interval", Label: "a batch every", Default: DefaultInterval.String(), Example: "250ms",
			Help: "time from one batch's start to the next",
		},
		setting.Times(engine.MinInterval, engine.MaxInterval),
		func(s Scenario) float64 { return float64(s.Interval) },
		func(s *Scenario, x float64) { s.Interval = time.Duration(x) })
}

// sensorSettings are the settings of one sensor, in the order in which to list
// them: those of the policy around it, and those of the sensor itself.
func sensorSettings() []setting.Of[Sensor] {
	all := policySettings()
	for _, c := range simulated.Settings() {
		all = append(all, ofConfig(c))
	}
	return all
}

// ofConfig is a setting of the sensor itself.
func ofConfig(c setting.Of[simulated.Config]) setting.Of[Sensor] {
	return setting.Of[Sensor]{
		Row: c.Row,
		Get: func(s Sensor) string { return c.Get(s.Config) },
		Set: func(s *Sensor, v string) error { return c.Set(&s.Config, v) },
	}
}

// policySettings are the settings of a sensor's policy.
func policySettings() []setting.Of[Sensor] {
	var all []setting.Of[Sensor]
	for _, p := range policy.Settings() {
		own := p.Row
		own.Name = "policy." + own.Name
		all = append(all, setting.Of[Sensor]{
			Row: own,
			Get: func(s Sensor) string { return p.Get(s.Policy) },
			Set: func(s *Sensor, v string) error { return p.Set(&s.Policy, v) },
		})
	}
	return all
}

// ofAll is a setting of every sensor. Its value is that of the first.
func ofAll(own setting.Of[Sensor]) setting.Of[Scenario] {
	return setting.Of[Scenario]{
		Row: own.Row,
		Get: func(s Scenario) string { return own.Get(s.Sensors[0]) },
		Set: func(s *Scenario, v string) error {
			for i := range s.Sensors {
				if err := own.Set(&s.Sensors[i], v); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// ofOne is a setting of the sensor with this index and id.
func ofOne(own setting.Of[Sensor], i int, id string) setting.Of[Scenario] {
	r := own.Row
	r.Name = "sensors." + id + "." + r.Name
	return setting.Of[Scenario]{
		Row: r,
		Get: func(s Scenario) string { return own.Get(s.Sensors[i]) },
		Set: func(s *Scenario, v string) error { return own.Set(&s.Sensors[i], v) },
	}
}

// listed are the settings of every scenario, with ID for the id of a sensor.
// Settings of all sensors, "policy.…", can also be set for one.
func listed() []setting.Row {
	rows := []setting.Row{intervalSetting().Row}
	for _, p := range policySettings() {
		rows = append(rows, p.Row)
	}
	for _, c := range simulated.Settings() {
		r := c.Row
		r.Name = "sensors.ID." + r.Name
		rows = append(rows, r)
	}
	return rows
}

// Keys are the names of the settings of a scenario, with ID for the id of a sensor.
func (s *Scenario) Keys() []string {
	var keys []string
	for _, r := range listed() {
		if !s.watched || strings.HasPrefix(r.Name, "policy.") {
			keys = append(keys, r.Name)
		}
	}
	return append(keys, "sensors.ID.policy.…")
}
