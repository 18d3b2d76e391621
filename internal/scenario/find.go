package scenario

import (
	"fmt"
	"slices"
	"strings"

	"resiltui/internal/setting"
	"resiltui/internal/words"
)

// settingsPage is where the settings are explained.
const settingsPage = "docs/settings.md"

// find returns the setting with the name key, or the only one whose name ends with
// key. The error names those that it could be, or else all that there are.
//
// Settings of all sensors come before those of one sensor: "threshold" is
// "policy.breaker.threshold", although every sensor has one too.
func find(s *Scenario, rows []row, key string) (*row, error) {
	var ofAll, ofOne []*row
	for i := range rows {
		switch r := &rows[i]; {
		case r.Name == key:
			return r, nil
		case !r.isTail(key):
		case r.sensor == "":
			ofAll = append(ofAll, r)
		default:
			ofOne = append(ofOne, r)
		}
	}
	found := ofAll
	if len(found) == 0 {
		found = ofOne
	}
	switch len(found) {
	case 0:
		return nil, s.unknown(key)
	case 1:
		return found[0], nil
	}
	var names []string
	for _, r := range found {
		names = append(names, r.Name)
	}
	return nil, fmt.Errorf("%q could be %s; write more of the name", words.Clean(key, 60), setting.Candidates(names))
}

// isTail reports whether key is the end of the row's name. For a setting of one
// sensor only the part after the id may be shortened: "sensors.S1.threshold",
// "S1.threshold". The id is one part, whatever is in it.
func (r *row) isTail(key string) bool {
	if r.sensor == "" {
		return setting.IsTail(key, r.Name)
	}
	if rest, ok := strings.CutPrefix(strings.TrimPrefix(key, "sensors."), r.sensor+"."); ok {
		key = rest
	}
	return setting.IsTail(key, r.own)
}

// InFull returns an assignment with the full name of its setting: "threshold=4" is
// "policy.breaker.threshold=4". An assignment to an unknown setting, or a text
// that is no assignment, stays as it is; so do files (see Written).
func (s *Scenario) InFull(assignment string) string {
	return inFull(s, s.rows(), map[string]*row{}, assignment)
}

// inFull is InFull with a cache of the rows that keys name, to which it adds; nil for
// a key that names none.
func inFull(s *Scenario, rows []row, known map[string]*row, assignment string) string {
	key, value, err := assignmentOf(assignment)
	if err != nil || strings.HasPrefix(assignment, "@") {
		return assignment
	}
	r, sought := known[key]
	if !sought {
		r, _ = find(s, rows, key)
		known[key] = r
	}
	if r != nil && r.Name != key {
		return r.Name + "=" + value
	}
	return assignment
}

// unknown is the error for an unknown key. It lists the settings and names the
// nearest one; for a known sensor, the nearest of its own settings.
func (s *Scenario) unknown(key string) error {
	keys := s.Keys()
	nearest := setting.Nearest(key, keys[:len(keys)-1]) // the last is a pattern
	if head, path, _ := strings.Cut(key, "."); head == "sensors" {
		i := slices.IndexFunc(s.Sensors, func(c Sensor) bool { return strings.HasPrefix(path, c.Info.ID+".") })
		if i < 0 {
			return s.unknownSensor(path)
		}
		nearest = s.nearestOf(s.Sensors[i].Info.ID, path)
	}
	return fmt.Errorf("unknown setting %q; did you mean %q? The settings, which %s explains, are: %s",
		words.Clean(key, 60), nearest, settingsPage, strings.Join(keys, ", "))
}

// nearestOf is the setting of a sensor that is nearest to a path "ID.setting".
func (s *Scenario) nearestOf(id, path string) string {
	var names []string
	for _, own := range s.ofEach() {
		names = append(names, own.Name)
	}
	return "sensors." + id + "." + setting.Nearest(strings.TrimPrefix(path, id+"."), names)
}

func (s *Scenario) unknownSensor(path string) error {
	var ids []string
	for i := range s.Sensors {
		ids = append(ids, s.Sensors[i].Info.ID)
	}
	id, _, _ := strings.Cut(path, ".")
	return fmt.Errorf("unknown sensor %q in scenario %s; its sensors are: %s", words.Clean(id, 40), s.Name, strings.Join(ids, ", "))
}
