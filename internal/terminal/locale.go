package terminal

import (
	"os"
	"strings"
)

// ASCIIOnly says whether the locale names a character set that is not UTF-8, as on
// a rescue shell or a serial console. As in POSIX, the first of LC_ALL, LC_CTYPE
// and LANG that is not empty counts. Where all are empty the character set is
// unknown, as in most containers; their terminals can show UTF-8, so it is false.
func ASCIIOnly() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := os.Getenv(name); locale != "" {
			set := strings.ToLower(strings.ReplaceAll(locale, "-", ""))
			return !strings.Contains(set, "utf8")
		}
	}
	return false
}
