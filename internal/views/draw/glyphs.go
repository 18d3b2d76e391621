package draw

// glyphs is everything that is drawn and is not a word. Each is one cell wide,
// the switches, which are four, excepted. The Unicode ones were chosen because
// the usual terminal fonts hold them and no terminal draws them as emoji.
type glyphs struct {
	Fault, Refused string
	Burnt, Behind  rune
	Blocks         [9]rune
	RowBlocks      [9]string

	Filled, Hollow    string // counts
	Elapsed, TimeLeft string // time
	Tick, Axis        string
	Arrow, Selected   string
	ellipsis          string
	Rule, Info        string
}

// glyphsOf are the glyphs of a look. Their ASCII forms are those of any character, but of
// a few: words that have room for two cells, a tick at an axis, which would be taken for a
// corner, and the sign of an event, which would be taken for a switch.
func glyphsOf(ascii bool) glyphs {
	g := glyphs{
		Fault: "!", Refused: "·", Burnt: '░', Behind: '╌',
		Blocks:    [...]rune{' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'},
		RowBlocks: [...]string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"},
		Filled:    "■", Hollow: "□", Elapsed: "━", TimeLeft: "─", Tick: "┤", Axis: "│",
		Arrow: "→", Selected: "»", ellipsis: "…", Rule: "─", Info: "•",
	}
	if ascii {
		g.Arrow, g.ellipsis, g.Tick, g.Info = "->", "..", "|", "*"
	}
	return g
}
