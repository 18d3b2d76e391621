package terminal

import (
	"fmt"
	"io"
	"os"

	"charm.land/bubbles/v2/progress"
	"github.com/charmbracelet/x/term"
)

// Progress shows the progress of repeated runs, on a terminal only.
type Progress struct {
	w     io.Writer // nil where nothing is shown
	name  string
	total int
	bar   progress.Model
	shown int // percent
}

// NewProgress returns a progress bar with this name for total runs. It shows
// nothing where w is no terminal.
func NewProgress(w io.Writer, name string, total int) *Progress {
	p := &Progress{name: name, total: total, shown: -1}
	if f, ok := w.(*os.File); ok && term.IsTerminal(f.Fd()) {
		p.w = w
		p.bar = progress.New(progress.WithWidth(40), progress.WithoutPercentage())
	}
	return p
}

// Show draws the bar when the percentage has changed. It must not be called by
// several goroutines at once.
func (p *Progress) Show(done int) {
	percent := done * 100 / p.total
	if p.w == nil || percent == p.shown {
		return
	}
	p.shown = percent
	_, _ = fmt.Fprintf(p.w, "\r%s %s %3d %%", p.name, p.bar.ViewAs(float64(done)/float64(p.total)), percent)
}

// Done removes the bar.
func (p *Progress) Done() {
	if p.w != nil {
		_, _ = fmt.Fprint(p.w, "\r\x1b[K")
	}
}
