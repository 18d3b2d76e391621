package terminal

import (
	"os"
	"strings"
)

// ASCIIOnly is true where the locale names a set of characters that is not UTF-8:
// a rescue shell, a serial console. As POSIX has it, the first of LC_ALL, LC_CTYPE
// and LANG that is not empty counts. Where none of them is set nothing is known,
// as in most containers, whose terminals do show UTF-8.
func ASCIIOnly() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := os.Getenv(name); locale != "" {
			set := strings.ToLower(strings.ReplaceAll(locale, "-", ""))
			return !strings.Contains(set, "utf8")
		}
	}
	return false
}
