package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"resiltui/internal/engine"
	"resiltui/internal/scenario"
)

// parsed is the flags of a dashboard.
func parsed(t *testing.T, args ...string) (*dashboardFlags, *cobra.Command) {
	t.Helper()
	o, cmd := &dashboardFlags{}, &cobra.Command{}
	o.register(cmd.Flags())
	if err := cmd.Flags().Parse(args); err != nil {
		t.Fatal(err)
	}
	return o, cmd
}

func TestAFlagOfTheLoadThatIsOutOfRangeIsOneClearLine(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		want []string
	}{
		"no caller":           {[]string{"--concurrency", "0"}, []string{"--concurrency 0: must be from 1 to 64"}},
		"too many callers":    {[]string{"--concurrency", "65"}, []string{"--concurrency 65: must be from 1 to 64"}},
		"half a caller":       {[]string{"--concurrency", "1.5"}, []string{`--concurrency "1.5"`, "whole number"}},
		"no rate":             {[]string{"--rate", "0"}, []string{"--rate 0: must be from 0.01 to 1000"}},
		"too slow":            {[]string{"--rate", "0.009"}, []string{"--rate 0.009: must be"}},
		"too fast":            {[]string{"--rate", "1000.5"}, []string{"--rate 1000.5: must be"}},
		"no number":           {[]string{"--rate", "NaN"}, []string{"--rate NaN: must be"}},
		"rate in words":       {[]string{"--rate", "fast"}, []string{"--rate", "fast", "must be a number"}},
		"rate and interval":   {[]string{"--rate", "4", "--concurrency", "2", "--interval", "1s"}, []string{"--rate 4", "--interval", "500ms"}},
		"fault":               {[]string{"--fault", "S3"}, []string{`--fault "S3"`, "SENSOR:KIND@FROM-TO"}},
		"fault of nobody":     {[]string{"--fault", "S9:crash@1"}, []string{"--fault S9:crash@1", "S0, S1, S2, S3, S4"}},
		"fault of no kind":    {[]string{"--fault", "S3:crsh@1"}, []string{`did you mean "crash"?`}},
		"fault after all":     {[]string{"--fault", "S3:crash@5", "--batches", "4"}, []string{"from 1 to 4"}},
		"another report":      {[]string{"report", "retry", "--fault", "fetch:crash@1"}, []string{"--fault", "report pipeline"}},
		"all reports":         {[]string{"report", "all", "--fault", "S3:crash@1"}, []string{"--fault", "report pipeline"}},
		"fault in a report":   {[]string{"report", "pipeline", "--fault", "S3:crash@31"}, []string{"S3:crash@31", "from 1 to 30"}},
		"a watch has no load": {[]string{"watch", "http://h/", "--concurrency", "2"}, []string{"--concurrency"}},
	} {
		t.Run(name, func(t *testing.T) { complains(t, c.args, c.want...) })
	}
}

func TestTheRateIsThatOfEachSensor(t *testing.T) {
	for _, c := range []struct {
		args []string
		want time.Duration
	}{
		{nil, 500 * time.Millisecond}, // the scenario's own
		{[]string{"--rate", "4"}, 250 * time.Millisecond},
		{[]string{"--rate", "4", "--concurrency", "8"}, 2 * time.Second},
		{[]string{"--rate", "1000"}, engine.MinInterval},
		{[]string{"--rate", "0.01", "--concurrency", "64"}, 6400 * time.Second},
		{[]string{"--rate", "3"}, 333333333},
	} {
		o, cmd := parsed(t, c.args...)
		sc := scenario.Pipeline()
		if err := o.load.check(cmd); err != nil {
			t.Fatal(err)
		}
		if _, err := o.load.script(cmd, &sc, 0); err != nil || sc.Interval != c.want {
			t.Errorf("%q: every %v, want %v; %v", c.args, sc.Interval, c.want, err)
		}
		if err := sc.Config(1).Validate(); err != nil {
			t.Errorf("%q: %v", c.args, err)
		}
	}
}

func TestTheCommandThatRepeatsARunRepeatsItsLoadAndItsFaults(t *testing.T) {
	for _, c := range []struct {
		args, want []string
		name       string
	}{
		{
			[]string{"--concurrency", "4", "--rate", "8", "--fault", "S3:crash@5-15"},
			[]string{"again: resiltui pipeline --seed 7 --concurrency 4 --rate 8 --fault S3:crash@5-15"},
			"pipeline",
		},
		{
			[]string{"--rate", "4", "--fault", "S3:crash@5-15", "--fault", "S1:slow@2"},
			[]string{
				"again: resiltui pipeline --seed 7 --rate 4 --fault S3:crash@5-15 --fault S1:slow@2",
				"as a report: resiltui report pipeline --seed 7 --set interval=250ms --fault S3:crash@5-15 --fault S1:slow@2",
			},
			"pipeline",
		},
		{[]string{"--fault", "N=1 lucky:slow@2"}, []string{"again: resiltui breaker --seed 7 --fault 'N=1 lucky:slow@2'"}, "breaker"},
		{[]string{"--concurrency", "1"}, []string{"again: resiltui breaker --seed 7", "as a report: resiltui report breaker --seed 7"}, "breaker"},
	} {
		o, cmd := parsed(t, c.args...)
		sc, err := scenario.Find(c.name)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range o.again(cmd, &sc)(7) {
			got = append(got, h.Key+": "+h.Word)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q gives %q", c.args, got)
		}
	}
}

func TestTheReportOfAFaultHasItsVerdict(t *testing.T) {
	status, out, errs := called("report", "pipeline", "--format", "json", "--fault", "S3:crash@5-15")
	if status != exitOK || errs != "" {
		t.Fatalf("status %d, %q", status, errs)
	}
	for _, want := range []string{`"fault=S3:crash@5-15"`, `"sensor": "S3"`, `"attemptsWithoutBreaker": 33`} {
		if !strings.Contains(out, want) {
			t.Errorf("the report does not say %s", want)
		}
	}
}
