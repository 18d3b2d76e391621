package sensors

// The longest texts on a screen, in cells.
const (
	MaxNameCells  = 40
	MaxErrorCells = 120
)
