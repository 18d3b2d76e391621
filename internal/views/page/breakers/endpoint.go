package breakers

import (
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/words"
)

// endpointFigures are breakerFigures of real endpoints, at the same places: those of the
// last hour, as on the overview. Where the breaker only watches they say what it would
// have refused, and where there is room what came of these calls.
func endpointFigures(beside bool, width int) []views.SensorColumn {
	const never = 1 << 20 // cells, which no screen has
	all := breakerFigures()
	opens, probes, refused, open := &all[0], &all[1], &all[2], &all[3]
	opens.Text = func(v *stats.SensorView) string { return words.Count(v.Health.Opens) }
	probes.Title, probes.Width, probes.Quiet = "probes", 6, "0"
	probes.Text = func(v *stats.SensorView) string { return words.Count(v.Health.Probes) }
	refused.Text = func(v *stats.SensorView) string { return words.Count(v.Health.Refused) }
	open.Width, open.Rank = never, never
	if beside {
		opens.Title, opens.Width = "(opens)", len("(opens)")
		probes.Title, probes.Width = "(probes)", len("(probes)")
		if refused.Title, refused.Width = "(refuses)", len("(refuses)"); width < views.FooterWide {
			return all
		}
		refused.Title, refused.Width = "(refuses bad/good)", len("(refuses bad/good)")
		refused.Text = func(v *stats.SensorView) string {
			if v.Health.Refused == 0 {
				return "0"
			}
			return words.Count(v.Health.RefusedBad) + "/" + words.Count(v.Health.RefusedGood)
		}
	}
	return all
}
