package words

import (
	"fmt"
	"strings"
)

// List names the first three things, and counts the others: "S0, S1, S2 and 2
// more".
func List(names []string) string {
	const most = 3
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}
