package render

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCSVHoldsKeysAndRawCells(t *testing.T) {
	var b bytes.Buffer
	if err := WriteCSV(&b, sampleDoc(), "sensors"); err != nil {
		t.Fatal(err)
	}
	want := "sensor,live_rate,state,p95_seconds\n" +
		"S0,1,CLOSED,0.05\n" +
		"S1,0.875,HALF_OPEN,\n" +
		"\"S2 \"\"x\"\", y\",0.025,OPEN,\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestALineBreakInACellIsQuotedInCSV(t *testing.T) {
	var b bytes.Buffer
	if err := WriteCSV(&b, sampleDoc(), "checks"); err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(records) != 3 || records[2][2] != "a\nb" {
		t.Errorf("read back as %q, %v", records, err)
	}
}

func TestAnUnknownTableListsTheTables(t *testing.T) {
	err := WriteCSV(&bytes.Buffer{}, sampleDoc(), "senors\x1b[31m")
	if err == nil || !strings.HasSuffix(err.Error(), "its tables are: sensors, figures, checks") || strings.ContainsRune(err.Error(), '\x1b') {
		t.Errorf("got %v", err)
	}
	err = WriteCSV(&bytes.Buffer{}, Document{Name: "x"}, "y")
	if err == nil || err.Error() != "the report x has no tables" {
		t.Errorf("got %v", err)
	}
}

func TestCSVFilesAreOneATable(t *testing.T) {
	files, err := CSVFiles(sampleDocs())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
	}
	want := []string{"sample-sensors.csv", "sample-figures.csv", "sample-checks.csv", "empty-none.csv"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	if got := string(files[3].Content); got != "a\n" {
		t.Errorf("an empty table is %q", got)
	}
}

func TestCSVFilesRefuseNamesThatCannotBe(t *testing.T) {
	for _, names := range [][]string{{""}, {"a/b"}, {`a\b`}, {"twice", "Twice"}, {"Twice", "twice"}} {
		var s Section
		for _, n := range names {
			s.Tables = append(s.Tables, Table{Name: n})
		}
		if files, err := CSVFiles([]Document{{Name: "doc", Sections: []Section{s}}}); err == nil {
			t.Errorf("%q gave %v", names, files)
		}
	}
	if _, err := CSVFiles([]Document{{Sections: []Section{{Tables: []Table{{Name: "x"}}}}}}); err == nil {
		t.Error("a document without a name gave a file")
	}
}
