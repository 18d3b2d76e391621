package scenario

import (
	"strings"
	"testing"

	"resiltui/internal/sensors/simulated"
	"resiltui/internal/setting"
)

// How to add a setting, for docs/extending.md, which shows what stands between the
// marks. A real one is a row of the table that it belongs to: of policy.Settings, of
// simulated.Settings, or of the settings of another kind of sensor.

// shown in docs/extending.md from here: a setting

// decimals is how many digits of a simulated sensor's value are shown.
func decimals() setting.Of[simulated.Config] {
	return setting.Numeric(
		setting.Row{
			Name: "decimals", Label: "shown with", Unit: "decimals", One: "decimal",
			Default: "0", Example: "1", Help: "digits behind the point of the value",
		},
		setting.Wholes(0, 6),
		func(c simulated.Config) float64 { return float64(c.Info.Decimals) },
		func(c *simulated.Config, x float64) { c.Info.Decimals = int(x) },
	)
}

// to here

// withDecimals are the settings of the pipeline, with the row at its place.
func withDecimals(s *Scenario) []row {
	rows, own := s.rows(), ofConfig(decimals())
	for i := range s.Sensors {
		id := s.Sensors[i].Info.ID
		rows = append(rows, row{Of: ofOne(own, i, id), sensor: id, own: own.Name})
	}
	return rows
}

// shown in docs/extending.md from here: what a setting gets

func TestASettingInTheTableIsSetByItsNameOrTheEndOfIt(t *testing.T) {
	s := Pipeline()
	rows := withDecimals(&s)
	for _, c := range []struct{ key, value, says string }{
		{"sensors.S1.decimals", "3", ""},
		{"S1.decimals", "4", ""},
		{
			"decimals", "4", `"decimals" could be sensors.S0.decimals, sensors.S1.decimals, sensors.S2.decimals, ` +
				`sensors.S3.decimals or sensors.S4.decimals; write more of the name`,
		},
		{"S1.decimals", "7", "sensors.S1.decimals=7: must be a whole number from 0 to 6"},
		{"S1.decimals", "many", "sensors.S1.decimals=many: must be a whole number from 0 to 6"},
	} {
		says := ""
		if _, err := s.assign(rows, c.key, c.value); err != nil {
			says = err.Error()
		}
		if says != c.says {
			t.Errorf("%s=%s: %q, want %q", c.key, c.value, says, c.says)
		}
	}
	if got := s.Sensors[1].Info.Decimals; got != 4 {
		t.Errorf("S1 has %d decimals", got)
	}
}

func TestASettingInTheTableIsOnThePageOfSettings(t *testing.T) {
	r := decimals().Row
	r.Name = "sensors.ID." + r.Name
	page := settingsPageOf(append(listed(), r))
	const line = "| `sensors.ID.decimals` | digits behind the point of the value | 0 to 6 | 0 | decimals | `S1.decimals=1` |\n"
	if !strings.Contains(page, line) {
		t.Error("it is not")
	}
}

// to here

func TestADefaultAndAnExampleAreReadAsTheyAreWritten(t *testing.T) {
	d := decimals()
	for _, value := range []string{d.Default, d.Example} {
		c := simulated.Config{}
		if err := d.Set(&c, value); err != nil || d.Get(c) != value {
			t.Errorf("%s is written %s, %v", value, d.Get(c), err)
		}
	}
}
