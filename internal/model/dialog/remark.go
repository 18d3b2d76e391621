package dialog

// Remark is a line in a box that says what became of a key. The next key takes it
// away. The zero value is none.
type Remark struct {
	Text string
	// Bad is true where the key did not do what it should.
	Bad bool
	// Batch is the one that what was asked for takes effect with, after which there
	// is nothing more to say; 0 where it is not about that.
	Batch int
}

// Shown is what is drawn of a remark.
func (r Remark) Shown(v View) (text string, bad bool) {
	if r.Batch > 0 && v.Snap.Batch >= r.Batch {
		return "", false
	}
	return r.Text, r.Bad
}
