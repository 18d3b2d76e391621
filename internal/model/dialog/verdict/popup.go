// Package verdict is the popup that shows a Verdict of internal/stats/verdict when a fault
// is over: what it cost, when it was seen, and what the breaker saved.
//
// It notices that there is a new verdict and draws it. It computes no figure (docs/verdict.md explains them), and when the popup opens and closes
// is decided by the model.
package verdict

import (
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog"
	"resiltui/internal/stats"
	"resiltui/internal/stats/verdict"
	"resiltui/internal/views/draw"
)

// Popup is the verdict on top of the screen. It takes no keys: any key but
// Escape puts it away and does what it does.
type Popup struct {
	Shown   bool
	Verdict verdict.Verdict

	run *event.Run
	// seen is when the newest verdict that was noticed became known.
	seen time.Duration
}

// Notice takes in what a snapshot knows. news is true where a verdict has just
// become known; it is the popup's then, but not shown yet. A run that was started anew
// takes the verdict away that is shown.
func (p *Popup) Notice(s *stats.Snapshot) (news bool) {
	if s.Run == nil {
		return false
	}
	if p.run != s.Run {
		p.run, p.seen, p.Shown = s.Run, -1, false
	}
	if len(s.Verdicts) == 0 {
		return false
	}
	v := s.Verdicts[len(s.Verdicts)-1]
	if v.Over <= p.seen {
		return false
	}
	p.seen, p.Verdict = v.Over, v
	return true
}

// Show lays a verdict over the screen.
func (p *Popup) Show(v verdict.Verdict) { p.Shown, p.Verdict = true, v }

// Draw draws the verdict; the zero Box where none is shown, or there is no room.
func (p *Popup) Draw(v dialog.View) draw.Box {
	const least = 5 // lines; below that the screen is one line
	if !p.Shown || p.Verdict.Sensor >= v.Total() || v.Height < least {
		return draw.Box{}
	}
	return boxOf(p.Verdict, v.Snap.Run.Sensors[p.Verdict.Sensor], v.Width-2, v.Look)
}
