package house

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// camelCase is a name of code or of JSON.
var camelCase = regexp.MustCompile(`\b[a-z]+[A-Z][a-zA-Z]*`)

// strange are the names of code in a picture of the screen. Units are none, nor are the
// names of the functions that a scenario calls.
func strange(picture string) (found []string) {
	for _, name := range camelCase.FindAllString(ansi.Strip(picture), -1) {
		switch name {
		case "kPa", "fetchUserProfile", "queryDatabase", "callExternalAPI", "readLocalFile":
		default:
			found = append(found, name)
		}
	}
	return found
}

// What a figure is called in JSON stands in the help and in docs, which the pages have
// words for.
func TestNoPictureOfTheScreenHasANameOfCode(t *testing.T) {
	pictures := 0
	for _, file := range files(t, ".golden") {
		if !strings.HasPrefix(file, "internal/views/") && !strings.HasPrefix(file, "internal/model/") && !strings.HasPrefix(file, "internal/terminal/") {
			continue
		}
		pictures++
		text, err := os.ReadFile(filepath.Join(top, filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		if found := strange(string(text)); len(found) > 0 {
			t.Errorf("%s shows %s", file, strings.Join(found, ", "))
		}
	}
	if pictures < 50 {
		t.Errorf("only %d pictures are found", pictures)
	}
	if found := strange("\x1b[38mS0\x1b[m 4 kPa fastFailCount 12, readLocalFile"); len(found) != 1 || found[0] != "fastFailCount" {
		t.Errorf("of a picture with a name of code it finds %q", found)
	}
}
