package model

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog"
	"resiltui/internal/model/dialog/prompt"
	"resiltui/internal/words"
)

// writeNote asks for a line to be put among the events. On a frozen screen it
// says which moment it is about, since the run has gone on.
func writeNote(m *Model) tea.Cmd {
	about := ""
	if m.past.Frozen {
		about = "about " + words.Clock(m.past.At) + ": "
	}
	m.open(prompt.New(prompt.Options{
		Label: "note:",
		Note:  func(string) string { return "enter writes it among the events, esc leaves" },
		Done: func(text string) (bool, tea.Cmd) {
			if strings.TrimSpace(text) == "" {
				return true, nil
			}
			if m.frame.Snap.Ended {
				return false, m.say(m.overText())
			}
			m.opts.Engine.Do(event.Command{Op: event.Note, Text: about + text, By: dialog.By("a")})
			return true, nil
		},
	}))
	return nil
}

// exportedMsg says what became of a screen that was written to files.
type exportedMsg struct {
	names []string
	err   error
}

// exportScreen writes what is on the screen to two files, one of plain text and
// one with its colours.
func exportScreen(m *Model) tea.Cmd {
	content, write := m.View().Content, m.opts.WriteFiles
	name := "resiltui-" + fileName(scenarioOf(m.frame.Snap.Run)) + "-" + fileTime(m.frame.Now)
	return func() tea.Msg {
		names, err := write(name, []File{{".txt", plainText(content)}, {".ans", []byte(content + "\n")}})
		return exportedMsg{names, err}
	}
}

// takeExported says what became of it.
func (m *Model) takeExported(msg exportedMsg) tea.Cmd {
	if msg.err != nil {
		return m.say("screen not written: " + msg.err.Error())
	}
	return m.say("screen written to " + strings.Join(msg.names, " and "))
}

// plainText is a screen without colours and without blanks at the ends of its
// lines.
func plainText(content string) []byte {
	var out bytes.Buffer
	for line := range strings.SplitSeq(ansi.Strip(content), "\n") {
		out.WriteString(strings.TrimRight(line, " "))
		out.WriteByte('\n')
	}
	return out.Bytes()
}

// fileTime is a time of the run as a part of a file's name: 01m07s4, and with
// hours 2h01m07s4. Names sort as the times do, within the hour.
func fileTime(d time.Duration) string {
	d = max(d, 0)
	text := fmt.Sprintf("%02dm%02ds%d", d/time.Minute%60, d/time.Second%60, d/(100*time.Millisecond)%10)
	if h := d / time.Hour; h > 0 {
		text = fmt.Sprintf("%dh", h) + text
	}
	return text
}
