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
	"resiltui/internal/sentence"
)

// writeNote asks for a line that is added to the events. On a frozen screen the
// line names the time that is shown, since the run has gone on.
func writeNote(m *Model) tea.Cmd {
	about := ""
	if m.past.Frozen {
		about = "about " + sentence.Moment(m.frame.Snap.Run, m.past.At) + ": "
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

// exportedMsg is the result of writing a screen to files.
type exportedMsg struct {
	names []string
	err   error
}

// exportScreen writes the screen to two files, one with plain text and one with
// colours.
func exportScreen(m *Model) tea.Cmd {
	content, write := m.View().Content, m.opts.WriteFiles
	name := "resiltui-" + fileName(scenarioOf(m.frame.Snap.Run)) + "-" + fileTime(m.frame.Now)
	return func() tea.Msg {
		names, err := write(name, []File{{".txt", plainText(content)}, {".ans", []byte(content + "\n")}})
		return exportedMsg{names, err}
	}
}

// takeExported shows the result.
func (m *Model) takeExported(msg exportedMsg) tea.Cmd {
	if msg.err != nil {
		return m.say("screen not written: " + msg.err.Error())
	}
	return m.say("screen written to " + strings.Join(msg.names, " and "))
}

// plainText is a screen without colours and without trailing spaces.
func plainText(content string) []byte {
	var out bytes.Buffer
	for line := range strings.SplitSeq(ansi.Strip(content), "\n") {
		out.WriteString(strings.TrimRight(line, " "))
		out.WriteByte('\n')
	}
	return out.Bytes()
}

// fileTime is a time of the run as part of a file name: 01m07s4, or with hours
// 2h01m07s4. Within an hour the names sort by time.
func fileTime(d time.Duration) string {
	d = max(d, 0)
	text := fmt.Sprintf("%02dm%02ds%d", d/time.Minute%60, d/time.Second%60, d/(100*time.Millisecond)%10)
	if h := d / time.Hour; h > 0 {
		text = fmt.Sprintf("%dh", h) + text
	}
	return text
}
