package model

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
)

// tape is every event of a run, to be played to a model.
type tape struct{ events []event.Event }

func (p *tape) Observe(e *event.Event) { p.events = append(p.events, *e) }

// recorded is 60 s of the pipeline with faults.
func recorded(t *testing.T) []event.Event {
	t.Helper()
	rec := &tape{}
	config := crashed(42)
	config.Batches = 120
	if err := engine.Play(t.Context(), event.NewHub(rec), config); err != nil {
		t.Fatal(err)
	}
	return rec.events
}

// checkView fails unless a view has exactly the lines and no more than the
// columns of the screen.
func checkView(t rapid.TB, m *Model) {
	t.Helper()
	out := m.View().Content
	if m.frame.Height <= 0 {
		if out != "" {
			t.Fatalf("a screen without lines shows %q", out)
		}
		return
	}
	lines := strings.Split(out, "\n")
	if len(lines) != m.frame.Height {
		t.Fatalf("%d lines on a screen of %d × %d", len(lines), m.frame.Width, m.frame.Height)
	}
	for i, l := range lines {
		if w := ansi.StringWidth(l); w > m.frame.Width {
			t.Fatalf("line %d is %d wide on a screen of %d × %d: %q", i, w, m.frame.Width, m.frame.Height, ansi.Strip(l))
		}
	}
}

func allKeys() []string {
	names := []string{"tab", "enter", "z", "7", "ä", "ctrl+x", "f", "t", "f", "t", "1", "9", "backspace", "w", "y"}
	for _, k := range fault.Kinds() {
		names = append(names, k.Key)
	}
	for _, g := range newKeyTable().groups {
		for _, a := range g.rows {
			names = append(names, a.Keys()...)
		}
	}
	return names
}

// randomMessage is anything that a terminal, the feed or time can send.
func randomMessage(t *rapid.T, m *Model, play func(n int), keys []string) tea.Msg {
	cell := rapid.IntRange(-5, 255)
	switch rapid.IntRange(0, 10).Draw(t, "kind") {
	case 10:
		return tea.PasteMsg{Content: rapid.OneOf(
			rapid.String(), rapid.SampledFrom([]string{"3", "250ms", "0.5", "off", "NaN", "1e309", "exponential", "\x1b[31m\n\t"}),
		).Draw(t, "paste")}
	case 0, 1, 2, 3:
		return typed(rapid.SampledFrom(keys).Draw(t, "key"))
	case 4:
		b := rapid.SampledFrom([]tea.MouseButton{tea.MouseLeft, tea.MouseLeft, tea.MouseRight, tea.MouseNone}).Draw(t, "button")
		return tea.MouseClickMsg{X: cell.Draw(t, "x"), Y: cell.Draw(t, "y"), Button: b}
	case 5:
		b := rapid.SampledFrom([]tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown, tea.MouseWheelLeft}).Draw(t, "wheel")
		return tea.MouseWheelMsg{X: cell.Draw(t, "x"), Y: cell.Draw(t, "y"), Button: b}
	case 6:
		return sized(rapid.IntRange(0, 250).Draw(t, "width"), rapid.IntRange(0, 100).Draw(t, "height"))
	case 7:
		return expiredMsg{
			what: expiring(rapid.IntRange(0, 4).Draw(t, "what")), id: rapid.IntRange(0, 3).Draw(t, "id"),
		}
	default:
		play(rapid.IntRange(0, 200).Draw(t, "events"))
		msg := frameMsg{snap: m.feed.snapshot(m.layout.Query()), lost: uint64(rapid.IntRange(0, 2).Draw(t, "lost"))}
		msg.taken = time.Unix(0, 0).Add(time.Duration(rapid.IntRange(0, 1000).Draw(t, "taken")) * time.Millisecond)
		msg.events, _ = m.feed.sub.Drain(nil)
		msg.now = msg.snap.At + time.Duration(rapid.IntRange(0, 1000).Draw(t, "later"))*time.Millisecond
		return msg
	}
}

// TestNoMessageBreaksTheScreen sends 20,000 messages and more, in a hundred
// sequences, and looks at the screen after each (under the race detector, after
// every eighth). -rapid.checks=4600 sends a million.
func TestNoMessageBreaksTheScreen(t *testing.T) {
	events, keys := recorded(t), allKeys()
	const messages = 220
	rapid.Check(t, func(t *rapid.T) {
		counts := stats.New()
		hub := event.NewHub(counts)
		m := New(Options{
			Context: canceled(), Hub: hub, Aggregator: counts, Engine: &deafEngine{},
			ShowKeys: rapid.Bool().Draw(t, "captions"), Locked: rapid.Bool().Draw(t, "locked"),
			Look: draw.Options{ASCII: rapid.Bool().Draw(t, "ascii")},
		})
		checkView(t, m)
		played := 0
		play := func(n int) {
			for ; n > 0; n-- {
				hub.Publish(events[played%len(events)])
				played++
			}
		}
		for i := range messages {
			m.Update(randomMessage(t, m, play, keys))
			if i%lookEvery == 0 {
				checkView(t, m)
			}
		}
	})
}

func TestTheScreenWorksBeforeItsSizeIsKnown(t *testing.T) {
	counts := stats.New()
	m := New(Options{Context: canceled(), Hub: event.NewHub(counts), Aggregator: counts, Engine: &deafEngine{}})
	if out := m.View().Content; out != "" {
		t.Errorf("a screen without a size shows %q", out)
	}
	for _, key := range allKeys() { // no run, no size
		m.Update(typed(key))
		m.View()
	}
	for _, size := range [][2]int{{0, 0}, {0, 10}, {10, 0}, {1, 1}, {250, 100}} {
		m.Update(sized(size[0], size[1]))
		checkView(t, m)
	}
}
