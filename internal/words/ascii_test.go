package words

import "testing"

func TestWhatIsDrawnHasAnASCIIFormOfOneCell(t *testing.T) {
	const glyphs = "┃┏┓┗┛┨┠┯┷╭╮╰╯┌┐└┘├┬┴╌▁▂▃▄▅▆▇█░·●≈×─╱╳═•■□━┤│▓▒»▏▎▍▌▋▊▉"
	for _, r := range glyphs {
		form := ASCIIText(string(r))
		if len(form) != 1 || form == "?" || form != string(ASCIIRune(r)) || form != ASCII(string(r)) {
			t.Errorf("%c becomes %q", r, form)
		}
	}
}

func TestASCIIOfWords(t *testing.T) {
	for in, want := range map[string]string{
		"1 − f³ ≥ 0.9 ± 0.1":     "1 - f^3 >= 0.9 +- 0.1",
		"µm² → 5 °C … “x’s” ≤ ≠": `um^2 -> 5 'C .. "x's" <= !=`,
		"e\u0301\u00a0日 ← ‘a’":   "e ? <- 'a'",
		"╳ ○":                    "X o",
	} {
		if got := ASCIIText(in); got != want {
			t.Errorf("ASCIIText(%q) = %q, want %q", in, got, want)
		}
	}
}
