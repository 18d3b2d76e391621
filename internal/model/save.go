package model

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// mostFiles is after how many names that are taken writeNew gives up.
const mostFiles = 1000

// writeNew writes a file that was not there: name in the working directory, or
// with -2, -3 and so on before its extension. It returns the name.
func writeNew(name string, data []byte) (written string, err error) {
	ext := filepath.Ext(name)
	for n := 1; n <= mostFiles; n++ {
		written = name
		if n > 1 {
			written = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, ext), n, ext)
		}
		f, err := os.OpenFile(written, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = f.Write(data)
		return written, errors.Join(err, f.Close())
	}
	return "", fmt.Errorf("%s and %d more names are taken", name, mostFiles-1)
}

// savedMsg says what became of a file.
type savedMsg struct {
	panel *tuning
	name  string
	err   error
}

// save is the Cmd that writes a file.
func (m *Model) save(panel *tuning, name, text string) tea.Cmd {
	write := m.opts.WriteFile
	return func() tea.Msg {
		written, err := write(name, []byte(text))
		return savedMsg{panel, written, err}
	}
}

// takeSaved says what became of a file, in the panel and, should that be closed
// by now, on the screen.
func (m *Model) takeSaved(msg savedMsg) tea.Cmd {
	r := remark{text: "written to " + msg.name}
	if msg.err != nil {
		r = remark{text: "not written: " + msg.err.Error(), bad: true}
	}
	msg.panel.remark = r
	return m.say(r.text)
}

// fileName is a scenario's name as a part of a file's: letters, digits and
// hyphens.
func fileName(scenario string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-':
			return r
		default:
			return '-'
		}
	}, scenario)
	if name == "" {
		return "run"
	}
	return name
}
