package sentence

import "strings"

// Brief is a cause in as few words as one still knows it by: of an HTTP status its number
// ("503"), and "no answer in 2 s".
func Brief(cause string) string {
	if status, _, ok := strings.Cut(cause, " "); ok && len(status) == 3 && strings.Trim(status, "0123456789") == "" {
		return status
	}
	return strings.Replace(cause, "no answer within ", "no answer in ", 1)
}
