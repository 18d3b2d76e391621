package sentence

import (
	"strings"
	"testing"

	"resiltui/internal/engine/fallback"
)

func TestEveryStrategyHasAUseOfItsOwn(t *testing.T) {
	seen := map[string]string{}
	for _, name := range fallback.Names() {
		u := UseOf(name)
		for _, text := range []string{u.Where, u.Brief, u.When, u.Cost} {
			if other, twice := seen[text]; twice || text == "" || strings.HasSuffix(text, ".") {
				t.Errorf("%s: %q, which %q has too", name, text, other)
			}
			seen[text] = name
		}
	}
}
