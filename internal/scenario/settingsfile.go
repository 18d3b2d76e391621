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

// maxPath is how many cells of a path are quoted: long, so that an error names
// the whole file.
const maxPath = 240

// SetFile changes all settings that a file holds: one KEY=VALUE a line, as Set
// takes them. Lines that are empty or begin with # are left out. The settings
// are checked together, so that two that need each other may come in any order.
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

// ReadFiles returns assignments in which each @FILE is followed by the content of the
// file, for Set and Written. So a file is read only once, however often its settings
// are needed: a pipe cannot be read again, and a file may change between two runs. The
// error names the file that cannot be read.
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
// the name. Files that cannot be read and unknown names stay as they are.
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
// the content.
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

// setLines sets the settings of a text line by line, and checks the result at the
// end. Only where the result is invalid is every line checked, to name the line from
// which on it is invalid.
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

// withLines is the scenario with the settings of a text, not checked as a whole.
// judge is called after each line that sets something; it may be nil. Each key is
// looked up only once, because a text may repeat it many times.
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
