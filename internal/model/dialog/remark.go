package dialog

// Remark is a line in a box with the result of a key. The next key removes it. The
// zero value is no remark.
type Remark struct {
	Text string
	// Bad says that the key failed.
	Bad bool
	// Batch is the batch with which a command takes effect; the remark is not shown
	// from then on. It is 0 for other remarks.
	Batch int
}

// Shown is the text to draw.
func (r Remark) Shown(v View) (text string, bad bool) {
	if r.Batch > 0 && v.Snap.Batch >= r.Batch {
		return "", false
	}
	return r.Text, r.Bad
}
