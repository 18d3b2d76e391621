package stats

// Limits of what is kept of many sensors: as much as of fullTracks ones
// altogether, and at least what a terminal of ordinary width shows.
const (
	fullTracks   = 64
	leastColumns = 160
	leastRecent  = 24
)

// Columns is how many calls of each sensor's score are kept where there are so many
// sensors: MaxColumns of up to 64, fewer of more, and never fewer than 160. The
// tracks of a wider screen begin further right then.
func Columns(sensors int) int { return depth(sensors, MaxColumns, leastColumns) }

// Recent is how many calls of each sensor are kept with their attempts where there
// are so many sensors: MaxRecent of up to 64, fewer of more, and never fewer than
// 24.
func Recent(sensors int) int { return depth(sensors, MaxRecent, leastRecent) }

func depth(sensors, most, least int) int {
	if sensors <= fullTracks {
		return most
	}
	return max(most*fullTracks/sensors, least)
}
