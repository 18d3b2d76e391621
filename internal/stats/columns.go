package stats

// Limits of what is kept with many sensors: in total as much as for fullTracks
// sensors, but for each at least what a terminal of usual width shows.
const (
	fullTracks   = 64
	leastColumns = 160
	leastRecent  = 24
)

// Columns is how many calls of each sensor's score are kept where there are so many
// sensors: MaxColumns for up to 64 sensors, fewer for more, and never fewer than
// 160. On a wider screen the tracks then begin further right.
func Columns(sensors int) int { return depth(sensors, MaxColumns, leastColumns) }

// Recent is how many calls of each sensor are kept with their attempts where there
// are so many sensors: MaxRecent for up to 64 sensors, fewer for more, and never
// fewer than 24.
func Recent(sensors int) int { return depth(sensors, MaxRecent, leastRecent) }

func depth(sensors, most, least int) int {
	if sensors <= fullTracks {
		return most
	}
	return max(most*fullTracks/sensors, least)
}
