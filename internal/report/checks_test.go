package report

import (
	"strings"
	"testing"
)

func TestOnlyAReportWithChecksCanFail(t *testing.T) {
	for _, name := range Names() {
		if failed := reportOf[Report](t, name, seeded(7)).Failed(); len(failed) != 0 {
			t.Errorf("%s: %q", name, failed)
		}
	}
	r := retryOf(t, seeded(7))
	r.Checks[0].Pass = false
	if failed := r.Failed(); len(failed) != 1 || !strings.HasPrefix(failed[0], "readLocalFile was never retried: ") {
		t.Errorf("%q", failed)
	}
	for _, section := range r.Document().Sections {
		for _, table := range section.Tables {
			if table.Name == "checks" && (table.Rows[0][1].Text != "no" || table.Rows[1][1].Text != "yes") {
				t.Errorf("%+v", table.Rows)
			}
		}
	}
}
