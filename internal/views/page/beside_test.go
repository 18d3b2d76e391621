package page

import (
	"strings"
	"testing"

	"resiltui/internal/views"
	"resiltui/internal/views/page/compare"
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
			"policies beside: nothing is served in place of a failed call; this is what each strategy would have served", "• with --policies,",
		}},
		{strategies.Page{}, [2]int{50, 15}, []string{"policies beside: nothing is served"}},
		{compare.Page{}, [2]int{140, 45}, []string{
			"policies beside: they change nothing, so there is nothing to compare; (in parentheses): what a breaker would have done",
			"»checkout    94.6 %      40       0        2    3 min 14 s      42 ms      44 ms        2                23/2",
			" breakers would have refused 46 calls: 44 that failed, 2 that were answered",
			" retries may have saved 1 call that failed alone (page 3)",
		}},
		{compare.Page{}, [2]int{50, 15}, []string{"policies beside: there is nothing to compare", " orders-db   95.6 %    2 min 39 s"}},
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
	for _, p := range []views.Page{retries.Page{}, strategies.Page{}, compare.Page{}} {
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
