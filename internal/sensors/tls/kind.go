package tls

import (
	"cmp"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/dial"
	"resiltui/internal/setting"
	"resiltui/internal/words"
)

const scheme = "tls"

// Kind returns the kind of sensor for certificates of servers.
func Kind() sensors.Kind {
	return sensors.Kind{
		Name: "tls", Title: "TLS",
		Schemes:  []string{scheme},
		Help:     "That of a TLS endpoint is the days until its certificate, or one that signed it, ends; one that is not valid is a failure.",
		Examples: []string{"cert=tls://example.com --interval 1h"},
		Settings: setting.Rows(settings()),
		Open:     open,
	}
}

// settings are the settings of a server.
func settings() []setting.Of[dial.TLS] {
	return dial.TLSSettings(func(s *dial.TLS) *dial.TLS { return s })
}

// open makes the sensor of an address.
func open(address string, set sensors.Values, env sensors.Env) (sensors.Sensor, error) {
	host, hostPort, err := dial.Address(address, scheme, "443")
	if err != nil {
		return nil, err
	}
	var c dial.TLS
	if err := sensors.Apply(&c, settings(), set); err != nil {
		return nil, err
	}
	s := &sensor{address: hostPort, now: env.Now, start: env.Start}
	if s.tls, err = c.Config(); err != nil {
		return nil, err
	}
	s.tls.ServerName = host
	name := words.Clean(cmp.Or(env.Name, hostPort), sensors.MaxNameCells)
	s.info = sensors.Info{ID: cmp.Or(env.ID, name), Name: name, Unit: "days", Decimals: 1, Real: true}
	if c.Insecure {
		s.info.Remark = dial.NotChecked
	}
	return s, s.info.Validate()
}
