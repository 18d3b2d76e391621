package report

import (
	"reflect"
	"strings"
	"testing"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sentence"
)

// keysOf are the names in JSON of a type's fields.
func keysOf(v any) map[string]bool {
	keys := map[string]bool{}
	for _, f := range reflect.VisibleFields(reflect.TypeOf(v)) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		keys[name] = true
	}
	return keys
}

func TestTheFiguresThatTheScreenWordsAreNamedAsInJSON(t *testing.T) {
	ofCircuits, ofRetries := keysOf(breaker.Metrics{}), keysOf(retry.Summary{})
	worded, words := map[string]bool{}, map[string]string{}
	for name, list := range map[string][]sentence.Figure{"circuits": sentence.CircuitFigures(), "retries": sentence.RetryFigures()} {
		keys := ofCircuits
		if name == "retries" {
			keys = ofRetries
		}
		for _, f := range list {
			if !keys[f.Name] {
				t.Errorf("JSON has no %s of %s", f.Name, name)
			}
			if f.Means == "" || strings.ContainsAny(f.Word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") || sentence.FigureWord(f.Name) != f.Word {
				t.Errorf("%+v is no figure in plain words", f)
			}
			if other, twice := words[f.Word]; twice {
				t.Errorf("%s and %s are both called %s", other, f.Name, f.Word)
			}
			worded[f.Name], words[f.Word] = true, f.Name
		}
	}
	for name := range ofCircuits {
		if !worded[name] && name != "inFlight" { // a pane has it
			t.Errorf("%s has no word", name)
		}
	}
	if sentence.FigureWord("noSuchFigure") != "" {
		t.Error("what is no figure has a word")
	}
}
