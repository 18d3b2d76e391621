package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/detail"
	"resiltui/internal/views/page/pagetest"
	"resiltui/internal/words"
)

// How to add a page, for docs/extending.md, which shows what stands between the
// marks. A real one is a package of its own, internal/views/page/latency, and a place
// in the list of pages.go.

// shown in docs/extending.md from here: a page

// latencyPage tells how long each sensor's answers took.
type latencyPage struct{}

// Title stands in the tabs.
func (latencyPage) Title() string { return "Latency" }

// Columns are what the table shows, and what it can be ordered by.
func (latencyPage) Columns() []views.SensorColumn {
	took := func(title string, of func(v *stats.SensorView) time.Duration) views.SensorColumn {
		return views.SensorColumn{
			Title: title, Width: 9,
			Text: func(v *stats.SensorView) string {
				if v.Answers < stats.MinAnswers {
					return "-"
				}
				return words.ShortTime(of(v))
			},
			Key: func(v *stats.SensorView) float64 {
				return views.KeyOfRate(of(v).Seconds(), v.Answers >= stats.MinAnswers)
			},
		}
	}
	return []views.SensorColumn{
		took("p50", func(v *stats.SensorView) time.Duration { return v.P50 }),
		took("p95", func(v *stats.SensorView) time.Duration { return v.P95 }),
		took("max", func(v *stats.SensorView) time.Duration { return v.Max }),
	}
}

// ColumnsWant is nothing but what every snapshot holds.
func (latencyPage) ColumnsWant() stats.Query { return stats.Query{} }

// Layout gives each sensor a line below the heading, and the events what is left.
func (p latencyPage) Layout(f *views.Frame, l *views.Layout) views.Body {
	const leastEvents = 4
	l.Kind = views.Paged
	lines := l.Room() - 1
	if lines > 2*leastEvents {
		lines -= leastEvents
	}
	l.Window(lines, 1) // which of the sensors are in view, the selected one among them
	y := l.Header + 1
	for range l.Visible {
		l.Cells = append(l.Cells, draw.At(0, y, l.Width, 1)) // where a click selects it
		y++
	}
	l.Rest(y, false)
	b := latencyBody{names: f.Names(min(views.MostNames, max(l.Width/3, views.LeastNames)))}
	b.figures = views.FitTable(p.Columns(), l.Width-b.names-2)
	return b
}

// latencyBody is the page as it was laid out.
type latencyBody struct {
	names   int // cells of the names
	figures views.Table[*stats.SensorView]
}

// Draw draws the heading, a line a sensor, and the events.
func (b latencyBody) Draw(s *views.Screen) {
	p, left := &s.Pen, b.names+1
	p.Next()
	s.NameHead(p, b.names)
	b.figures.Head(p, left, s.Frame.Sort)
	for _, i := range s.Layout.Visible {
		v := s.Sensor(i)
		p.Next()
		s.TableName(p, v, b.names)
		b.figures.Row(p, left, v, draw.Plain)
	}
	s.EventsBelow()
}

// to here

// withLatency is the moment of the fixture on the page, with the tab that the page
// gets from its place in the list, and ordered by a column.
func withLatency(by views.Sort, width, height int) views.Frame {
	f := pagetest.OnPage(latencyPage{}, width, height)
	f.Tabs = append(f.Tabs, views.TabOf(latencyPage{}))
	f.Sort = by
	f.Order = views.Order(f.Snap.Sensors, f.Page, f.Sort, "")
	return f
}

// shown in docs/extending.md from here: what a page looks like

func TestTheLatencyPageIsOrderedByP95(t *testing.T) {
	f := withLatency(views.Sort{Column: 2}, 60, 16)
	got := ""
	for _, line := range pagetest.Lines(f)[2:8] {
		got += "\n" + strings.TrimRight(line, " ")
	}
	const want = `
 sensor            p50       p95↓        max
 S1 intake       57 ms     304 ms     325 ms
 S4 exhaust      51 ms     201 ms     207 ms
 S0 boiler       52 ms     160 ms     172 ms
»S3 coolant      51 ms      63 ms      69 ms
 S2 turbine          -          -          -`
	if got != want {
		t.Errorf("the table is%s\nwant%s", got, want)
	}
}

// to here

func TestTheLatencyPageHasATabAndALineASensorAtEverySize(t *testing.T) {
	for _, size := range pagetest.PageSizes() {
		f := withLatency(views.Sort{}, size[0], size[1])
		lines := pagetest.Lines(f)
		if tab := fmt.Sprintf("[%d Latency]", len(f.Tabs)); !strings.Contains(lines[1], tab) {
			t.Errorf("%v: the tabs are %q", size, lines[1])
		}
		l := views.PlanFrame(f)
		if len(l.Visible) != 5 {
			t.Errorf("%v: %v are in view", size, l.Visible)
		}
		for k, cell := range l.Cells {
			name := f.Snap.Run.Sensors[l.Visible[k]].Name
			if what, sensor, _ := l.Hit(cell.X+1, cell.Y); what != views.HitSensor || sensor != l.Visible[k] || !strings.Contains(lines[cell.Y], name) {
				t.Errorf("%v: a click on %q is on %v %d", size, lines[cell.Y], what, sensor)
			}
		}
		if out := pagetest.Plain(f); !strings.Contains(out, "events") {
			t.Errorf("%v has no events:\n%s", size, out)
		}
	}
}

func TestTheLatencyPageCanBeOrderedByWhatItShows(t *testing.T) {
	if got := views.SortColumns(latencyPage{}); !slices.Equal(got, []string{"sensor", "p50", "p95", "max"}) {
		t.Errorf("%v", got)
	}
}

func TestTheLatencyPageFitsEveryScreen(t *testing.T) {
	look := draw.NewLook(draw.Options{}, true)
	rapid.Check(t, func(t *rapid.T) {
		f := pagetest.AnyPage(t, []views.Page{latencyPage{}}, detail.Page{})
		pagetest.CheckSize(t, fmt.Sprintf("%d × %d", f.Width, f.Height), views.Draw(f, look), f.Width, f.Height)
	})
}
