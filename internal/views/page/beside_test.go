package page

import (
	"strings"
	"testing"

	"resiltui/internal/views"
	"resiltui/internal/views/page/breakers"
	"resiltui/internal/views/page/compare"
	"resiltui/internal/views/page/detail"
	"resiltui/internal/views/page/overview"
	"resiltui/internal/views/page/pagetest"
	"resiltui/internal/views/page/retries"
	"resiltui/internal/views/page/strategies"
	"resiltui/internal/views/viewstest"
)

// What the pages say where the policies only watch; the figures are those of the shop.
func TestThePagesSayPlainlyThatThePoliciesOnlyWatch(t *testing.T) {
	for _, c := range []struct {
		page views.Page
		size [2]int
		want []string
	}{
		{retries.Page{}, [2]int{120, 36}, []string{
			"policies beside: every call is one attempt, and nothing is retried; --policies retries what failed",
			"»checkout      813        813          40     95.1 %             0                    80",
			" all 5        5280       5280          73     98.6 %             1                   146",
			" checkout with --policies: 3 attempts   wait 50, 100 ms   timeout 2 s",
			" checkout: none of its failed calls stood alone",
		}},
		{retries.Page{}, [2]int{50, 15}, []string{"policies beside: nothing is retried", "»checkout      813        813          40"}},
		{strategies.Page{}, [2]int{120, 36}, []string{
			"policies beside: nothing is served in place of a failed call; this is what each strategy would have served", "• with --policies,", " _ DOWN  ",
		}},
		{strategies.Page{}, [2]int{50, 15}, []string{"policies beside: nothing is served"}},
		{compare.Page{}, [2]int{140, 45}, []string{
			"policies beside: they change nothing, so there is nothing to compare; (in parentheses): what a breaker would have done",
			"»checkout    94.6 %      40       0        2    3 min 14 s      42 ms      44 ms        2                23/2",
			" breakers would have refused 46 calls: 44 that failed, 2 that were answered",
			" retries may have saved 1 call that failed alone (page 3)",
		}},
		{compare.Page{}, [2]int{50, 15}, []string{"policies beside: there is nothing to compare", " orders-db   95.6 %    2 min 39 s"}},
		{breakers.Page{}, [2]int{120, 36}, []string{
			"a column is 5 s        03:07:42  (opens)  (probes)  (refuses bad/good)",
			" edge      •──• (CLOSED)         ─", "  □□□□□ 5 more would ",
			"»checkout  •╱ • (OPEN)           ─────────────────────╱╱╱╱?╱╱╱?╱╱╱?╱╱╱?╱╱╱?╱╱╱?╱        2         9                23/2",
			"●_____", "╌",
		}},
		{breakers.Page{}, [2]int{80, 24}, []string{"(opens)  (refuses)", "        2         25"}},
	} {
		out := strings.Join(pagetest.Lines(pagetest.Shop(c.page, true, c.size[0], c.size[1])), "\n")
		for _, want := range c.want {
			if !strings.Contains(out, want) {
				t.Errorf("%s at %v: no %q in\n%s", c.page.Title(), c.size, want, out)
			}
		}
	}
}

func TestWithThePoliciesInTheWayNoPageSpeaksOfWatching(t *testing.T) {
	for _, p := range []views.Page{breakers.Page{}, retries.Page{}, strategies.Page{}, compare.Page{}} {
		out := strings.Join(pagetest.Lines(pagetest.Shop(p, false, 140, 45)), "\n")
		if strings.Contains(out, "policies beside") || strings.Contains(out, "would have") || strings.Contains(out, "(opens)") {
			t.Errorf("%s:\n%s", p.Title(), out)
		}
	}
}

func TestOfEndpointsThatAreNotInSightTheTotalsSayThatTheyAreNotKnown(t *testing.T) {
	f := pagetest.Watched(viewstest.ManyWatched(24, true), retries.Page{}, 0, 120, 20)
	out := strings.Join(pagetest.Lines(f), "\n")
	if !strings.Contains(out, "all 24") || strings.Count(out, "n/a") != 2 {
		t.Errorf("the totals of the endpoints in sight stand for all:\n%s", out)
	}
}

func TestOpeningAgainAfterABadProbeIsNoOpeningOnAnyPageOfAWatch(t *testing.T) {
	const checkout = 2
	f := pagetest.Shop(compare.Page{}, false, 120, 36)
	f.Snap.Sensors[checkout].Health.Opens, f.Snap.Sensors[checkout].Circuit.Opens = 1, 33
	for _, p := range []views.Page{compare.Page{}, breakers.Page{}} {
		f.Page = p
		out := strings.Join(pagetest.Lines(f), "\n")
		if strings.Contains(out, " 33 ") {
			t.Errorf("%s counts 33 openings of a circuit that tripped once:\n%s", p.Title(), out)
		}
	}
}

func TestATinyScreenSaysOfAWatchedEndpointHowItIs(t *testing.T) {
	const checkout = 2
	f := pagetest.Watched(viewstest.Shop(true), overview.Page{}, checkout, 30, 5)
	out := strings.Join(pagetest.Lines(f), "\n")
	if !strings.Contains(out, "_ DOWN (OPEN)") || strings.Contains(out, "MISSING") || strings.Contains(out, "LIVE") {
		t.Errorf("the words of a result that was delivered:\n%s", out)
	}
}

// inFull is an endpoint of the shop in full.
func inFull(shop viewstest.Watched, selected, width, height int) string {
	f := pagetest.Watched(shop, breakers.Page{}, selected, width, height)
	f.Detail, f.InFull = true, detail.Page{}
	f.Snap = shop.Snapshot(views.PlanFrame(f).Query())
	return strings.Join(pagetest.Lines(f), "\n")
}

func TestTheDetailOfAnEndpointSaysHowItIsApartFromItsPolicies(t *testing.T) {
	const checkout, queue = 2, 4
	for _, c := range []struct {
		name          string
		beside        bool
		selected      int
		width, height int
		want, not     []string
	}{
		{"down, policies beside", true, checkout, 140, 45, []string{
			"[checkout]   _ DOWN   •╱ • (OPEN)", "│  (CLOSED)  ├", "(HALF_OPEN)   │<",
			"endpoint  DOWN since 03:05:15, 2 min 27 s: 503 Service Unavailable",
			"up        94.6 %, 2 outages, 3 min 14 s  ",
			"now       (OPEN) since 03:07:35; would refuse for 15.0 s", "would     refuse 25 calls: 23 bad, 2 good",
			"a column is 5 s: its worst result, its longest answer", "02:58:35",
			"answered  677 of 717, 0 failed alone", "last down 02:20:00 for 47 s", "(refuses) 25: 23 bad, 2 good",
			"813 03:07:40  ░░░", "03:07:35  (HALF_OPEN) to (OPEN)",
		}, []string{"refused, nothing sent", "of one attempt"}},
		{"down, policies in the way", false, checkout, 140, 45, []string{
			"[checkout]   × FAST-FAIL", "endpoint  DOWN since 03:05:15", "refused, nothing sent", "delivered live",
		}, []string{"(OPEN)", "would"}},
		{"with a value", true, queue, 100, 30, []string{"● UP   1,788 jobs", "2,000┤▁▁", "1,788 jobs, an hour ago 196", "● 1,788 jobs"}, nil},
		{"narrow", true, checkout, 50, 15, []string{"endpoint  DOWN since 03:05:15, 2 min 27 s", "up        94.6 %, 2 outages"}, nil},
	} {
		out := inFull(viewstest.Shop(c.beside), c.selected, c.width, c.height)
		for _, want := range c.want {
			if !strings.Contains(out, want) {
				t.Errorf("%s: no %q in\n%s", c.name, want, out)
			}
		}
		for _, not := range c.not {
			if strings.Contains(out, not) {
				t.Errorf("%s: %q in\n%s", c.name, not, out)
			}
		}
	}
}
