package scenario

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
)

// maxName is more bytes than any known name has.
const maxName = 200

// DidYouMean is a hint at the known name that is nearest to an unknown one, to
// follow the first words of an error; it is empty where none is near.
func DidYouMean(name string, known []string) string {
	if len(name) > maxName {
		return "" // no known name is so long, and comparing it takes long
	}
	nearest, distance := "", len(name)/2+1
	for _, k := range known {
		if d := levenshtein.ComputeDistance(strings.ToLower(name), strings.ToLower(k)); d < distance {
			nearest, distance = k, d
		}
	}
	if nearest == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", nearest)
}
