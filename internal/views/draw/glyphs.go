package draw

// glyphs are the symbols that are drawn beside words. Each is one cell wide in Unicode. The
// Unicode ones were chosen because the usual terminal fonts contain them and no terminal
// draws them as emoji.
type glyphs struct {
	Fault, FastFail string
	Burnt, Behind   rune
	Blocks          [9]rune
	RowBlocks       [9]string

	Filled, Hollow    string // counts
	Elapsed, TimeLeft string // time
	Tick, Axis        string
	Arrow, Selected   string
	ellipsis          string
	Rule, Info        string
	PlusMinus         string // before how far a figure may be off
}

// glyphsOf returns the glyphs of a look. In ASCII most of them are converted when they are
// drawn, like any other character. Only a few need their own ASCII form here: the arrow,
// the ellipsis and the plus-minus, which may take two cells; the tick of an axis, which would look like a
// corner; and the sign of an event, which would look like a switch.
func glyphsOf(ascii bool) glyphs {
	g := glyphs{
		Fault: "!", FastFail: "·", Burnt: '░', Behind: '╌',
		Blocks:    [...]rune{' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'},
		RowBlocks: [...]string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"},
		Filled:    "■", Hollow: "□", Elapsed: "━", TimeLeft: "─", Tick: "┤", Axis: "│",
		Arrow: "→", Selected: "»", ellipsis: "…", Rule: "─", Info: "•", PlusMinus: "±",
	}
	if ascii {
		g.Arrow, g.ellipsis, g.Tick, g.Info, g.PlusMinus = "->", "..", "|", "*", "+-"
	}
	return g
}
