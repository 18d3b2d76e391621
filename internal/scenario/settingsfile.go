package scenario

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"resiltui/internal/words"
)

// maxSettingsFile is far more than any file of settings has.
const maxSettingsFile = 1 << 20

// maxPath is how many cells of a path are quoted: what names a line should name
// the file.
const maxPath = 240

// SetFile changes all settings that a file holds: one KEY=VALUE a line, as Set
// takes them. Lines that are empty or begin with # are left out. The settings
// are judged together, so that two that need each other may stand in any order.
//
// The error names the file and the line, or the file alone where it cannot be
// read; the scenario is unchanged then.
func (s *Scenario) SetFile(path string) error {
	text, err := readSettings(path)
	if err != nil {
		return err
	}
	path, _, _ = strings.Cut(path, "\n")
	return s.setLines(words.Clean(path, maxPath), text)
}

// ReadFiles returns assignments of which each @FILE holds what the file holds now, for
// Set and Written. So a file is read once, however often its settings are needed: of a
// pipe nothing is left then, and between two runs a file may be changed. The error
// names the file that cannot be read.
func ReadFiles(assignments []string) ([]string, error) {
	list := slices.Clone(assignments)
	for i, a := range list {
		path, isFile := strings.CutPrefix(a, "@")
		if !isFile {
			continue
		}
		text, err := readSettings(path)
		if err != nil {
			return nil, err
		}
		list[i] = "@" + strings.ReplaceAll(path, "\n", " ") + "\n" + text
	}
	return list, nil
}

// Written returns assignments as they would be written without files and in full:
// @FILE is replaced by the settings that the file holds, and the end of a name by
// the name. What cannot be read or is not known stays.
func (s *Scenario) Written(assignments []string) []string {
	list := []string{} // never null in JSON
	rows, known := s.rows(), map[string]*row{}
	for _, a := range assignments {
		path, isFile := strings.CutPrefix(a, "@")
		text, err := "", error(nil)
		if isFile {
			text, err = readSettings(path)
		}
		if !isFile || err != nil {
			list = append(list, inFull(s, rows, known, a))
			continue
		}
		for line := range strings.Lines(text) {
			if line = settingOf(line); line != "" {
				list = append(list, inFull(s, rows, known, line))
			}
		}
	}
	return list
}

// settingOf is what a line sets; empty for a comment.
func settingOf(line string) string {
	line = strings.TrimSpace(line)
	if strings.HasPrefix(line, "#") {
		return ""
	}
	return line
}

// readSettings reads a file of settings, unless ReadFiles has. Its errors do not quote
// what is in it.
func readSettings(path string) (string, error) {
	if _, text, ok := strings.Cut(path, "\n"); ok {
		return text, nil
	}
	name := words.Clean(path, maxPath)
	if path == "" {
		return "", errors.New("@ names no file; write @FILE, with a KEY=VALUE a line")
	}
	file, err := os.Open(path)
	if err != nil {
		// The path is in the error already, and not clean there.
		if p, ok := errors.AsType[*fs.PathError](err); ok {
			err = p.Err
		}
		return "", fmt.Errorf("%s: %w", name, err)
	}
	defer func() { _ = file.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(file, maxSettingsFile+1))
	if err != nil {
		if p, ok := errors.AsType[*fs.PathError](err); ok {
			err = p.Err
		}
		return "", fmt.Errorf("%s: %w", name, err)
	}
	if len(data) > maxSettingsFile {
		return "", fmt.Errorf("%s is longer than 1 MiB; a file of settings has a KEY=VALUE a line", name)
	}
	return strings.TrimPrefix(string(data), "\ufeff"), nil
}

// setLines sets what a text holds, line by line, and judges it at the end. Only where
// it is wrong then is every line judged, to name the one from which on it has been.
func (s *Scenario) setLines(name, text string) error {
	changed, err := s.withLines(name, text, nil)
	if err != nil {
		return err
	}
	if changed.validate() != nil {
		var wrong error
		_, _ = s.withLines(name, text, func(soFar *Scenario, number int, key, value string) {
			switch err := soFar.validate(); {
			case err == nil:
				wrong = nil
			case wrong == nil:
				wrong = fmt.Errorf("%s:%d: %w", name, number, wrap(key, value, err))
			}
		})
		return wrong
	}
	*s = *changed
	return nil
}

// withLines is the scenario with what a text sets, not judged as a whole. judge is
// called after each line that sets something; it may be nil. A key is looked for
// once, however often it stands there.
func (s *Scenario) withLines(name, text string, judge func(soFar *Scenario, number int, key, value string)) (*Scenario, error) {
	changed := *s
	changed.Sensors = slices.Clone(s.Sensors)
	rows, known := changed.rows(), map[string]*row{}
	number := 0
	for line := range strings.Lines(text) {
		number++
		if line = settingOf(line); line == "" {
			continue
		}
		key, value, err := assignmentOf(line)
		r := known[key]
		if err == nil && r == nil {
			r, err = find(&changed, rows, key)
		}
		if err == nil {
			known[key] = r
			err = wrap(r.Name, value, r.Set(&changed, value))
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, number, err)
		}
		if judge != nil {
			judge(&changed, number, r.Name, value)
		}
	}
	return &changed, nil
}
