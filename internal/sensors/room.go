package sensors

// How much room texts get on a screen, in cells.
const (
	maxNameCells  = 40
	maxErrorCells = 120
)
