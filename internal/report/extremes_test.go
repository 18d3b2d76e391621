package report

import (
	"regexp"
	"strings"
	"testing"
)

// sentencesOf are everything that a report says in sentences.
func sentencesOf(r Report) []string {
	d := r.Document()
	all := append([]string{}, d.Intro[0])
	for _, s := range d.Sections {
		all = append(all, s.Prose...)
		all = append(all, s.Conclusion...)
		for _, p := range s.Pictures {
			all = append(all, p.Title)
			for _, strip := range p.Strips {
				all = append(all, strip.Note)
			}
		}
		for _, t := range s.Tables {
			if t.Name == "checks" || t.Name == "episodes" {
				for _, row := range t.Rows {
					for _, cell := range row {
						all = append(all, cell.Text)
					}
				}
			}
		}
	}
	return all
}

// extremes are settings at which there is nothing, one, all or none of something.
func extremes() map[string][][]string {
	fail := func(ids []string, p string) (set []string) {
		for _, id := range ids {
			set = append(set, "sensors."+id+".fail="+p)
		}
		return set
	}
	common := [][]string{
		nil,
		{"policy.retry.attempts=1"},
		{"policy.retry.attempts=10"},
		{"policy.retry.attempts=2", "policy.retry.baseDelay=off"},
		{"policy.timeout=1ms"},
		{"policy.breaker.off=true"},
		{"policy.breaker.off=false", "policy.breaker.threshold=1"},
		{"policy.breaker.off=false", "policy.breaker.threshold=100"},
		{"policy.breaker.openFor=1h"},
		{"policy.fallback.strategy=drop"},
		{"policy.fallback.strategy=interpolated"},
	}
	ids := map[string][]string{
		"retry":      {"fetchUserProfile", "queryDatabase", "callExternalAPI", "readLocalFile"},
		"breaker":    {"N=1", "N=2", "N=1 lucky", "N=2 lucky"},
		"strategies": nil,
		"pipeline":   {"S0", "S1", "S2", "S3", "S4"},
	}
	for i := range 5 {
		for _, name := range []string{"drop", "last good", "interpolated"} {
			ids["strategies"] = append(ids["strategies"], "S"+string(rune('0'+i))+" "+name)
		}
	}
	out := map[string][][]string{}
	for name, list := range ids {
		for _, p := range []string{"", "0", "1"} {
			for _, set := range common {
				grid := append([]string{}, set...)
				if p != "" {
					grid = append(grid, fail(list, p)...)
				}
				out[name] = append(out[name], grid)
			}
		}
		out[name] = append(out[name], fail(list[:1], "1"), fail(list[len(list)-1:], "0"))
	}
	return out
}

// What has a word of its own is not told as a number, and nothing is told of nothing.
func TestNoSentenceIsStrangeAtTheExtremes(t *testing.T) {
	strange := regexp.MustCompile(`\b0 of\b|\bof 0\b|\ball of them\b.*\bnone\b|not at all|unknown|NaN|Inf|%!|up to 0|  |\b1 (calls|batches|readings|attempts|errors|seeds|requests|sensors|probes)\b|-\d|\(\)|, \.|\.\.|; ;|: ;`)
	// A check counts what there is none of, and that is its point.
	counts := regexp.MustCompile(`^\d+ (of \d+ calls? had more than one attempt|not-found errors?, \d+ after a wait or another attempt; \d+ other errors?)$`)
	lives := regexp.MustCompile(`none of \d+ readings.*(every one|on average)`)
	for name, grid := range extremes() {
		for _, set := range grid {
			for _, seed := range []uint64{42, 7} {
				o := seeded(seed, set...)
				o.Among = 2
				r := reportOf[Report](t, name, o)
				for _, s := range sentencesOf(r) {
					if counts.MatchString(s) {
						continue
					}
					if found := strange.FindString(s); found != "" || lives.MatchString(s) {
						t.Errorf("%s, seed %d, %s: %q in %q", name, seed, strings.Join(set, " "), found, s)
					}
				}
			}
		}
	}
}
