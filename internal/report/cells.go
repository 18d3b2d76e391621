package report

import (
	"strconv"

	"resiltui/internal/report/render"
)

// notAvailable is the text for a rate without a denominator.
const notAvailable = "n/a"

func text(s string) render.Cell { return render.Cell{Text: s, Raw: s} }

func toned(s string, t render.Tone) render.Cell { return render.Cell{Text: s, Raw: s, Tone: t} }

func count[N int | uint64](n N) render.Cell {
	s := strconv.FormatInt(int64(n), 10)
	return render.Cell{Text: s, Raw: s}
}

// percent shows a fraction with one decimal; nil is n/a.
func percent(f *float64) render.Cell {
	if f == nil {
		return render.Cell{Text: notAvailable, Tone: render.Faint}
	}
	return render.Cell{Text: strconv.FormatFloat(*f*100, 'f', 1, 64) + " %", Raw: number(*f)}
}

// secondsCell shows seconds with the given decimals; nil is n/a.
func secondsCell(s *float64, decimals int) render.Cell {
	if s == nil {
		return render.Cell{Text: notAvailable, Tone: render.Faint}
	}
	return render.Cell{Text: strconv.FormatFloat(*s, 'f', decimals, 64) + " s", Raw: number(*s)}
}

// value shows a number with the given decimals; nil is a dash.
func value(v *float64, decimals int) render.Cell {
	if v == nil {
		return render.Cell{Text: "-", Tone: render.Faint}
	}
	return render.Cell{Text: strconv.FormatFloat(*v, 'f', decimals, 64), Raw: number(*v)}
}

func yesNo(b bool) render.Cell {
	if b {
		return text("yes")
	}
	return text("no")
}

// number is the shortest text that parses to the same number.
func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func ptr[T any](v T) *T { return &v }
