package views

// glyphs is everything that is drawn and is not a word. Each is one cell wide,
// the switches, which are four, excepted. The Unicode ones were chosen because
// the usual terminal fonts hold them and no terminal draws them as emoji.
type glyphs struct {
	fault, refused string
	burnt, behind  rune
	blocks         [9]rune
	rowBlocks      [9]string

	filled, hollow  string // counts
	elapsed, left   string // time
	tick, axis      string
	arrow, selected string
	ellipsis        string
	light, heavy    border
	rule, info      string
}

// border is the outline of a pane.
type border struct {
	h, v, topLeft, topRight, bottomLeft, bottomRight string
}

func unicodeGlyphs() glyphs {
	return glyphs{
		fault: "!", refused: "·", burnt: '░', behind: '╌',
		blocks:    [...]rune{' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'},
		rowBlocks: [...]string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"},
		filled:    "■", hollow: "□", elapsed: "━", left: "─", tick: "┤", axis: "│",
		arrow: "→", selected: "»", ellipsis: "…",
		light: border{"─", "│", "╭", "╮", "╰", "╯"},
		heavy: border{"━", "┃", "┏", "┓", "┗", "┛"},
		rule:  "─", info: "•",
	}
}

func asciiGlyphs() glyphs {
	return glyphs{
		fault: "!", refused: ".", burnt: '%', behind: '-',
		blocks:    [...]rune{' ', '_', '_', '=', '=', '=', '#', '#', '#'},
		rowBlocks: [...]string{"", "=", "=", "=", "=", "#", "#", "#", "#"},
		filled:    "#", hollow: ".", elapsed: "=", left: "-", tick: "|", axis: "|",
		arrow: "->", selected: ">", ellipsis: "..",
		light: border{"-", "|", "+", "+", "+", "+"},
		heavy: border{"=", "#", "#", "#", "#", "#"},
		rule:  "-", info: "*",
	}
}
