package draw

// Rect is a rectangle of cells; 0, 0 is the top left of the screen. The zero
// value is empty.
type Rect struct{ X, Y, W, H int }

// Contains is true where the cell x, y lies inside.
func (r Rect) Contains(x, y int) bool {
	return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H
}

// Empty is true where no cell lies inside.
func (r Rect) Empty() bool { return r.W <= 0 || r.H <= 0 }

// At is the rectangle of w × h cells with its top left corner at x, y.
func At(x, y, w, h int) Rect { return Rect{X: x, Y: y, W: w, H: h} }

// Inside is what a frame leaves of it, with a space at either side.
func (r Rect) Inside() Rect { return Rect{r.X + 2, r.Y + 1, r.W - 4, r.H - 2} }
