package sensors

// How much room texts get on a screen, in cells.
const (
	MaxNameCells  = 40
	MaxErrorCells = 120
)
