package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"resiltui/internal/filetest"
)

// keysDoc lists the keys; it is written from the key map by
// go test ./internal/model -run KeysPage -update.
const keysDoc = "../../docs/keys.md"

const keysIntro = `# Keys

Every key of the dashboard, as the program itself knows them: ` + "`?`" + ` lists them on
the screen. This page is written from the same table, and a test fails when it is
not current.

Letters are letters of the alphabet, signs are signs: nothing needs a function key.
Keys of simulations act on simulated time and do not exist on real endpoints. Fault
keys are locked on real endpoints until ` + "`!`" + `; faults act inside resiltui only.
While a box is on top of the screen its own keys, named in its bottom line, come first;
` + "`esc`" + ` closes the topmost thing that is open and never quits. In a text field
letters are text.

The mouse: a click selects, a second click opens, the wheel scrolls; tabs, the words
of the footer and those in the bottom line of a box are buttons.
`

// keysPage is the page that the key map gives.
func keysPage(t keyTable) string {
	var out strings.Builder
	out.WriteString(keysIntro)
	for _, g := range t.groups {
		fmt.Fprintf(&out, "\n## %s\n\n| key | does | only |\n| --- | --- | --- |\n", g.title)
		for _, a := range g.rows {
			fmt.Fprintf(&out, "| %s | %s | %s |\n", keyCells(a.Help().Key), escaped(a.Help().Desc), onlyIn(t, a))
		}
	}
	return out.String()
}

// onlyIn is where the keys of a row exist, in words; empty is everywhere.
func onlyIn(t keyTable, r *keyRow) string {
	for n := range t.reasons {
		if only := t.reasons[n].only; r.has(need(n)) && only != "" {
			return only
		}
	}
	return ""
}

// keyCells is the keys of a row, each as code.
func keyCells(shown string) string {
	var out []string
	for k := range strings.FieldsSeq(shown) {
		out = append(out, "`"+escaped(k)+"`")
	}
	return strings.Join(out, " ")
}

func escaped(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

func TestTheKeysPageIsCurrent(t *testing.T) {
	filetest.Current(t, keysDoc, keysPage(newKeyTable()))
}

func TestTheKeysPageNamesEveryKey(t *testing.T) {
	page := keysPage(newKeyTable())
	for _, g := range newKeyTable().groups {
		for _, a := range g.rows {
			shown := strings.Fields(a.Help().Key)
			for i := range shown {
				shown[i] = keyOf(shown[i])
			}
			for _, k := range a.Keys() {
				if !slices.Contains(shown, k) {
					t.Errorf("the page does not name %q, %s", k, a.Help().Desc)
				}
			}
			if row := "| " + keyCells(a.Help().Key) + " | " + escaped(a.Help().Desc) + " |"; !strings.Contains(page, row) {
				t.Errorf("%q is not on the page", row)
			}
		}
	}
}
