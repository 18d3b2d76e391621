// Package verdict is the popup that shows a Verdict of internal/stats/verdict when a fault
// is over: what it cost, when it was seen, and what the breaker saved.
//
// It notices that there is a new verdict and draws it. It computes no figure
// (docs/verdict.md explains them), and the model decides when the popup opens and closes.
package verdict

import (
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog"
	"resiltui/internal/stats"
	"resiltui/internal/stats/verdict"
	"resiltui/internal/views/draw"
)

// Popup is the verdict on top of the screen. It uses no keys: any key closes it, and keys
// other than Escape also have their usual effect.
type Popup struct {
	Shown   bool
	Verdict verdict.Verdict

	run *event.Run
	// seen is the time at which the newest noticed verdict was made.
	seen time.Duration
}

// Notice looks for a new verdict in a snapshot. Where news is true, Popup holds the new
// verdict but does not show it yet. A restart of the run closes the popup.
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

// Show shows a verdict on top of the screen.
func (p *Popup) Show(v verdict.Verdict) { p.Shown, p.Verdict = true, v }

// Draw draws the verdict; it is the zero Box where no verdict is shown or there is no room.
func (p *Popup) Draw(v dialog.View) draw.Box {
	const least = 5 // lines; on fewer, the whole screen is a single line
	if !p.Shown || p.Verdict.Sensor >= v.Total() || v.Height < least {
		return draw.Box{}
	}
	return boxOf(p.Verdict, v.Snap.Run.Sensors[p.Verdict.Sensor], v.Snap.Run, v.Width-2, v.Look)
}
