package breaker

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// row is one row of the table in the package documentation.
type row struct{ from, input, guard, to, reason string }

// documentedTable reads the table from doc.go, top to bottom.
func documentedTable(t testing.TB) []row {
	t.Helper()
	f, err := os.Open("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []row
	for lines := bufio.NewScanner(f); lines.Scan(); {
		cells := strings.Split(lines.Text(), "|")
		if len(cells) != 7 {
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if cells[1] == "from" || strings.HasPrefix(cells[1], "---") {
			continue
		}
		rows = append(rows, row{cells[1], cells[2], cells[3], cells[4], cells[5]})
	}
	return rows
}

func TestBugD2DocumentedTableIsTheCode(t *testing.T) {
	documented := map[string]string{}
	seen := map[row]bool{}
	for _, r := range documentedTable(t) {
		if seen[r] {
			t.Errorf("the table has %+v twice", r)
		}
		seen[r] = true
		key := r.from + ", " + r.reason
		if to, known := documented[key]; known && to != r.to {
			t.Errorf("%s leads to %s and to %s", key, to, r.to)
		}
		documented[key] = r.to
	}
	coded := map[string]string{}
	for from := Closed; from <= Disabled; from++ {
		for why := TooManyFailures; why <= TooManySlow; why++ {
			if to, ok := target(from, why); ok {
				coded[from.String()+", "+why.String()] = to.String()
			}
		}
	}
	if diff := cmp.Diff(documented, coded); diff != "" {
		t.Fatalf("the package comment and the code differ (-documented +coded):\n%s", diff)
	}
	if len(coded) != 22 {
		t.Fatalf("%d transitions, want 22", len(coded))
	}
}
