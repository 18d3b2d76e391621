package model

import (
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
)

// popup is the verdict that lies over the screen. It takes no keys: any key but
// Escape puts it away and does what it does.
type popup struct {
	shown   bool
	verdict stats.Verdict
	// window holds the batches of the newest verdict, to be tuned on; nil where there
	// are none.
	window dialog.Window

	run *event.Run
	// seen and held are when the newest verdict that was noticed became known, and
	// the one that the window is of.
	seen, held time.Duration
}

// notice takes in what a snapshot knows. news is true where a verdict has just
// become known; it is the popup's then, but not shown yet. window gives the newest
// batches, or nil.
func (p *popup) notice(s *stats.Snapshot, window func() dialog.Window) (news bool) {
	p.hold(s, window)
	if s.Run == nil || len(s.Verdicts) == 0 {
		return false
	}
	v := s.Verdicts[len(s.Verdicts)-1]
	if v.Over <= p.seen {
		return false
	}
	p.seen, p.verdict = v.Over, v
	return true
}

// hold keeps the batches of the newest verdict, to be tuned on: those that are there
// when it becomes known, even behind a frozen screen, and later ones as long as they
// still have the fault's beginning, since with other settings the sensor may be back
// later. There are none in real runs.
func (p *popup) hold(s *stats.Snapshot, window func() dialog.Window) {
	if s.Run == nil {
		return
	}
	if p.run != s.Run {
		p.run, p.seen, p.held, p.shown, p.window = s.Run, -1, -1, false, nil
	}
	if len(s.Verdicts) == 0 {
		return
	}
	v := &s.Verdicts[len(s.Verdicts)-1]
	if w := window(); w != nil && (v.Over > p.held || w.From() <= v.Began) {
		p.window, p.held = w, v.Over
	}
}

// show lays a verdict over the screen.
func (p *popup) show(v stats.Verdict) { p.shown, p.verdict = true, v }

// Draw draws the verdict; the zero Box where none is shown, or there is no room.
func (p *popup) Draw(v dialog.View) draw.Box {
	const least = 5 // lines; below that the screen is one line
	if !p.shown || p.verdict.Sensor >= v.Total() || v.Height < least {
		return draw.Box{}
	}
	return views.VerdictBox(p.verdict, v.Snap.Run.Sensors[p.verdict.Sensor], v.Width-2, v.Look)
}
