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
	Light, Heavy      Border
	Rule, Info        string
}

// Border is the outline of a pane.
type Border struct {
	H, V, TopLeft, TopRight, BottomLeft, BottomRight string
}

func unicodeGlyphs() glyphs {
	return glyphs{
		Fault: "!", Refused: "·", Burnt: '░', Behind: '╌',
		Blocks:    [...]rune{' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'},
		RowBlocks: [...]string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"},
		Filled:    "■", Hollow: "□", Elapsed: "━", TimeLeft: "─", Tick: "┤", Axis: "│",
		Arrow: "→", Selected: "»", ellipsis: "…",
		Light: Border{"─", "│", "╭", "╮", "╰", "╯"},
		Heavy: Border{"━", "┃", "┏", "┓", "┗", "┛"},
		Rule:  "─", Info: "•",
	}
}

func asciiGlyphs() glyphs {
	return glyphs{
		Fault: "!", Refused: ".", Burnt: '%', Behind: '-',
		Blocks:    [...]rune{' ', '_', '_', '=', '=', '=', '#', '#', '#'},
		RowBlocks: [...]string{"", "=", "=", "=", "=", "#", "#", "#", "#"},
		Filled:    "#", Hollow: ".", Elapsed: "=", TimeLeft: "-", Tick: "|", Axis: "|",
		Arrow: "->", Selected: ">", ellipsis: "..",
		Light: Border{"-", "|", "+", "+", "+", "+"},
		Heavy: Border{"=", "#", "#", "#", "#", "#"},
		Rule:  "-", Info: "*",
	}
}
