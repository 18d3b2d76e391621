package draw

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestALineThatSurelyFitsDoes(t *testing.T) {
	pieces := []string{
		"a", " ", "▪", "\ufe0f", "◽", "é", "e\u0301", "世", "│", "█", "⣿", "→", "↔", "●", "\x1b[1;38:2m", "\x1b[m",
		"\x1b]8;;x\x07", "\x1b[2J", "\x1b", "\x07", "\t", "\u00ad", "\u200d", "👩", "🇨🇭", "\x9b", "·", "×", "m",
	}
	rapid.Check(t, func(t *rapid.T) {
		line := ""
		for range rapid.IntRange(0, 12).Draw(t, "pieces") {
			line += rapid.SampledFrom(pieces).Draw(t, "piece")
		}
		n := rapid.IntRange(0, 20).Draw(t, "n")
		if surelyFits(line, n) && ansi.Truncate(line, n, "") != line {
			t.Errorf("%q does not fit into %d cells as it is", line, n)
		}
	})
}

func TestWhatTheScreenIsDrawnWithFitsWithoutACount(t *testing.T) {
	for _, line := range []string{"abc", "\x1b[38;2;1;2;3mabc\x1b[m", "│█⣿", "→●·"} {
		if !surelyFits(line, 3) || surelyFits(line, 2) {
			t.Errorf("%q takes three cells", line)
		}
	}
}
