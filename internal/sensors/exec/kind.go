package exec

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"resiltui/internal/sensors"
	"resiltui/internal/setting"
	"resiltui/internal/words"
)

// defaultExpect is the exit status of a success by default.
const defaultExpect = "0"

// Kind returns the kind of sensor for commands.
func Kind() sensors.Kind {
	return sensors.Kind{
		Name: "exec", Title: "command",
		Help:     "That of a command is the number that it prints.",
		Settings: setting.Rows(settings()),
		Open:     open,
	}
}

// config is what a sensor is made from.
type config struct {
	command []string
	expect  []int
	unit    string
}

// settings are the settings of a command, in the order in which to list them.
func settings() []setting.Of[config] {
	return []setting.Of[config]{
		{
			Row: setting.Row{
				Name: "exec", Label: "command", Kind: "text", Range: "a program and its arguments, each a text", Example: "./age.sh",
				Help: "program that is run, and its arguments one by one; no shell reads them", Repeated: true,
			},
			Get: func(c config) string { return strings.Join(c.command, " ") },
			Set: func(c *config, v string) error {
				if len(c.command) == 0 && strings.TrimSpace(v) == "" {
					return errors.New("names no program")
				}
				if strings.ContainsRune(v, 0) {
					return errors.New("holds a NUL, which no argument can")
				}
				c.command = append(c.command, v)
				return nil
			},
		},
		{
			Row: setting.Row{
				Name: "expect", Label: "success is", Kind: "text", Range: "exit statuses from 0 to 255", Default: defaultExpect, Example: "0,2",
				Help: "exit statuses that are a success, e.g. 0,2",
			},
			Get: func(c config) string {
				return strings.Trim(strings.Join(strings.Fields(fmt.Sprint(c.expect)), ","), "[]")
			},
			Set: func(c *config, v string) (err error) {
				c.expect, err = statuses(v)
				return err
			},
		},
		{
			Row: setting.Row{
				Name: "unit", Label: "unit", Kind: "text", Range: "a short word", Example: "h",
				Help: "unit of the number that is printed",
			},
			Get: func(c config) string { return c.unit },
			Set: func(c *config, v string) error {
				c.unit = words.Clean(v, sensors.MaxNameCells)
				return nil
			},
		},
	}
}

// statuses reads exit statuses with commas between.
func statuses(v string) (list []int, err error) {
	for part := range strings.SplitSeq(v, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil || n < 0 || n > 255 {
			return nil, errors.New("must be exit statuses from 0 to 255, with commas between")
		}
		if !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	return list, nil
}

// open makes the sensor of a command. There is no address.
func open(address string, set sensors.Values, env sensors.Env) (sensors.Sensor, error) {
	if address != "" {
		return nil, fmt.Errorf("%q is no command; a file names one as exec: [PROGRAM, ARGUMENT…]", words.RedactURL(address))
	}
	s := &sensor{now: env.Now, config: config{expect: []int{0}}}
	if err := sensors.Apply(&s.config, settings(), set); err != nil {
		return nil, err
	}
	if len(s.config.command) == 0 {
		return nil, errors.New("there is no command; a file names one as exec: [PROGRAM, ARGUMENT…]")
	}
	name := words.Clean(cmp.Or(env.Name, filepath.Base(s.config.command[0])), sensors.MaxNameCells)
	s.info = sensors.Info{ID: cmp.Or(env.ID, name), Name: name, Unit: s.config.unit, Decimals: words.MaxDecimals, Real: true}
	return s, s.info.Validate()
}
