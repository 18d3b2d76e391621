package retries

import (
	"strings"
	"testing"

	"resiltui/internal/views"
	"resiltui/internal/views/page/pagetest"
)

func TestRetriesOfManySensorsKeepTheirPanels(t *testing.T) {
	f := pagetest.ManyOnPage(Page{}, 200, 120, 36)
	l := views.PlanFrame(f)
	if panels := l.Body.(*plan).panels; len(panels) != 2 || len(l.Visible) < 5 {
		t.Errorf("%d panels, %d sensors", len(panels), len(l.Visible))
	}
}

func TestRetryRatesWithoutADenominatorAreNotAvailable(t *testing.T) {
	f := pagetest.BeforeTheFirstCall(Page{}, 120, 36)
	f.Page = Page{}
	line := pagetest.Lines(f)[3]
	if strings.Count(line, "n/a") != 3 || strings.Contains(line, "NaN") {
		t.Errorf("%q", line)
	}
}

func TestTheRegistryAddsUp(t *testing.T) {
	f := pagetest.OnPage(Page{}, 120, 36)
	var sum retryCounts
	for i := range f.Snap.Sensors {
		c := retryCountsOf(&f.Snap.Sensors[i])
		if failed := c.ranOut + c.propagated; c.calls < failed+c.saved {
			t.Errorf("%d: %+v", i, c)
		}
		sum.calls, sum.attempts, sum.saved = sum.calls+c.calls, sum.attempts+c.attempts, sum.saved+c.saved
	}
	all := retryTotals(&f.Snap)
	if all.calls != sum.calls || all.attempts != sum.attempts || all.ranOut == 0 || all.waited == 0 {
		t.Errorf("%+v is not the sum %+v", all, sum)
	}
}

func TestPanelsOfRetriesStayOnTheScreen(t *testing.T) {
	for w := 20; w < 200; w += 9 {
		for h := 5; h < 60; h += 3 {
			for _, r := range views.PlanFrame(pagetest.ManyOnPage(Page{}, h/2, w, h)).Body.(*plan).panels {
				if r.X < 0 || r.Y < 0 || r.X+r.W > w || r.Y+r.H > h {
					t.Errorf("%d × %d: a panel at %+v", w, h, r)
				}
			}
		}
	}
}
