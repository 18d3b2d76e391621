package render

import "strings"

// sampleDocs are two documents with one of everything that the forms treat in a
// way of its own.
func sampleDocs() []Document {
	return []Document{sampleDoc(), {
		Name:     "empty",
		Sections: []Section{{Title: "Nothing happened", Tables: []Table{{Name: "none", Title: "an empty table", Columns: []Column{{Title: "a", Key: "a"}}}}}},
	}}
}

func sampleDoc() Document {
	return Document{
		Name: "sample", Title: "What the forms must cope with",
		Intro: []string{"Three sensors, 30 batches, --seed 42; values as low as -1.5 °C.", "A second paragraph."},
		Sections: []Section{
			{
				Title:      "Tables",
				Prose:      []string{"One narrow, one wide, one with words that must be wrapped because no terminal is as wide as an explanation can be long."},
				Tables:     []Table{narrowTable(), wideTable(), wordyTable()},
				Conclusion: []string{"- not a list, but a sentence with a | in it."},
			},
			{
				Title:      "Pictures",
				Pictures:   []Picture{shortPicture(), longPicture()},
				Conclusion: []string{"2. not a list either: S1 stayed HALF_OPEN."},
			},
		},
	}
}

func narrowTable() Table {
	return Table{
		Name: "sensors", Title: "per sensor",
		Columns: []Column{
			{Title: "sensor", Key: "sensor"},
			{Title: "live", Key: "live_rate", Right: true},
			{Title: "state", Key: "state"},
			{Title: "p95", Key: "p95_seconds", Right: true, Spare: true},
		},
		Rows: [][]Cell{
			{{Text: "S0 boiler", Raw: "S0"}, {Text: "100.0 %", Raw: "1"}, {Text: "CLOSED", Raw: "CLOSED", Tone: Closed}, {Text: "0.05 s", Raw: "0.05"}},
			{{Text: "S1 | intake", Raw: "S1"}, {Text: "87.5 %", Raw: "0.875"}, {Text: "HALF_OPEN", Raw: "HALF_OPEN", Tone: HalfOpen}, {Text: "n/a", Tone: Faint}},
			{{Text: "S2 \"x\", y", Raw: "S2 \"x\", y"}, {Text: "2.5 %", Raw: "0.025"}, {Text: "OPEN", Raw: "OPEN", Tone: Open}},
		},
	}
}

// wideTable has many columns of figures: wider than 79 cells with all of them,
// wider than 40 without the spare ones.
func wideTable() Table {
	t := Table{Name: "figures"}
	row := make([]Cell, 0, 10)
	for _, name := range []string{"calls", "attempts", "retries", "successes", "propagated", "fast-fails", "interpolated", "dropped"} {
		t.Columns = append(t.Columns, Column{Title: name, Key: name, Right: true, Spare: name == "dropped" || name == "retries"})
		row = append(row, Cell{Text: "12", Raw: "12"})
	}
	t.Rows = [][]Cell{row, row}
	return t
}

func wordyTable() Table {
	return Table{
		Name: "checks", Title: "checks",
		Columns: []Column{{Title: "check", Key: "name"}, {Title: "holds", Key: "pass"}, {Title: "detail", Key: "detail"}},
		Rows: [][]Cell{
			{{Text: "identity of counts", Raw: "identity"}, {Text: "yes", Raw: "true", Tone: Live}, {Text: "calls = successes + permanent failures + propagated holds for every function and every seed from 42 to 61", Raw: "ok"}},
			{{Text: "closed form", Raw: "closed"}, {Text: "no", Raw: "false", Tone: FastFail}, {Text: "1 − f³ is 0.936, measured 0.91 ± 0.02\non two lines", Raw: "a\nb"}},
		},
	}
}

func shortPicture() Picture {
	return Picture{
		Title: "calls and states",
		Strips: []Strip{
			{Label: "S0", Pieces: []Piece{{"●●●", Live}, {"+", Retried}, {"●●●●", Live}}, Note: "1 retry"},
			{Label: "S1 intake", Pieces: []Piece{{"●", Live}, {"~~", Stale}, {"××", FastFail}, {"_", Missing}}, Note: "2 openings"},
			{Label: "state", Pieces: []Piece{{"─", Closed}, {"╱╱", Open}, {"?", HalfOpen}, {"──", Closed}}},
			{Label: "ms", Pieces: []Piece{{"▁▂▃▄▅▆▇█", Plain}}},
		},
		Legend:   []Piece{{"● live  ", Live}, {"+ after retries  ", Retried}, {"~ stale  ", Stale}, {"   ", Plain}, {"× refused  ", FastFail}, {"_ missing", Missing}, {"─ CLOSED", Closed}, {"╱ OPEN", Open}},
		AxisFrom: "0 s", AxisTo: "4 s",
	}
}

// longPicture is wider than any page of the tests.
func longPicture() Picture {
	return Picture{
		Title: "wider than the page",
		Strips: []Strip{
			{Label: "top", Pieces: []Piece{{strings.Repeat("123456789.", 13), Plain}}, Note: "130 calls"},
			{Label: "bottom of it all, with a long label", Pieces: []Piece{{strings.Repeat("●", 65), Live}, {strings.Repeat("×", 60), FastFail}}, Note: "125 calls"},
		},
		AxisFrom: "batch 1", AxisTo: "batch 130",
	}
}
