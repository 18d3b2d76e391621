package guard

import "bytes"

// Head keeps the beginning of what is written to it, and drops the rest: the output of a
// command that may have no end. It needs no lock as the output of an exec.Cmd: os/exec
// writes from one goroutine, which has ended, or is no longer waited for, when the command
// has been waited for.
type Head struct {
	// Most is how many bytes are kept.
	Most int

	text bytes.Buffer
	more bool
}

// Write never fails.
func (h *Head) Write(p []byte) (int, error) {
	kept := min(len(p), h.Most-h.text.Len())
	h.text.Write(p[:kept])
	h.more = h.more || kept < len(p)
	return len(p), nil
}

// Text is what was kept, and whether that is all.
func (h *Head) Text() (text string, whole bool) { return h.text.String(), !h.more }
