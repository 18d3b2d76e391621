package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"resiltui/internal/engine/health"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/kinds"
	"resiltui/internal/setting"
	"resiltui/internal/views/draw"
)

// called runs the program with standard output and error that are no terminal.
func called(args ...string) (status int, out, errs string) {
	var o, e bytes.Buffer
	status = run(args, strings.NewReader(""), &o, &e)
	return status, o.String(), e.String()
}

// complains checks that a call is refused with one clear line on standard
// error, exit status 2, and nothing on standard output.
func complains(t *testing.T, args []string, want ...string) {
	t.Helper()
	status, out, errs := called(args...)
	if status != exitUsage {
		t.Errorf("exit status %d, not %d", status, exitUsage)
	}
	if out != "" {
		t.Errorf("standard output has %q", out)
	}
	if !strings.HasPrefix(errs, "resiltui: ") || strings.Count(errs, "\n") != 1 || !strings.HasSuffix(errs, "\n") {
		t.Errorf("not one line of ours: %q", errs)
	}
	for _, w := range want {
		if !strings.Contains(errs, w) {
			t.Errorf("%q does not say %q", errs, w)
		}
	}
	for _, secret := range []string{"hunter2", "alice"} {
		if strings.Contains(errs, secret) {
			t.Errorf("%q shows the secret %q", errs, secret)
		}
	}
	if i := strings.IndexFunc(strings.TrimSuffix(errs, "\n"), func(r rune) bool { return r < ' ' || r == 0x7f }); i >= 0 {
		t.Errorf("%q holds a control character", errs)
	}
}

func TestBadInputIsOneClearLine(t *testing.T) {
	words := func(s ...string) []string { return s }
	for _, c := range []struct {
		name string
		args []string
		want []string
	}{
		{"unknown scenario", words("pipelne"), append(scenario.Names(), `did you mean "pipeline"`)},
		{"version as a word", words("version"), words("resiltui --version")},
		{"unknown scenario, nothing near", words("zzzzzzzzzzzz"), append(scenario.Names(), "unknown scenario")},
		{"escape sequence in a scenario", words("\x1b]0;owned\apipe"), words("unknown scenario")},
		{"two scenarios", words("pipeline", "pipeline"), words("1 arg")},
		{"unknown flag", words("--colour"), words("unknown flag --colour; --help")},
		{"flag with a letter missing", words("--them", "dark"), words(`unknown flag --them; did you mean "--theme"?`)},
		{"command with letters swapped", words("reprot"), words(`did you mean "report"?`)},
		{"flag of a screen for a report", words("report", "retry", "--plain"), words("unknown flag --plain")},
		{"flag of lines for the tour", words("tour", "--plain"), words("unknown flag --plain")},
		{"status without lines", words("--status-every", "2s"), words("--status-every", "--plain")},
		{"completion for no shell", words("completion", "foo"), words("completion foo", "bash, fish, powershell, zsh")},
		{"help on nothing", words("help", "foo"), words("help foo", "watch")},
		{"negative seed", words("--seed", "-1"), words("seed")},
		{"seed beyond 64 bits", words("--seed", "18446744073709551616"), words("seed")},
		{"seed that is no number", words("--seed", "x"), words("seed")},
		{"speed NaN", words("--speed", "NaN"), words("--speed NaN", "0.25", "64")},
		{"speed Inf", words("--speed", "Inf"), words("--speed +Inf", "0.25 to 64")},
		{"speed 0", words("--speed", "0"), words("--speed 0", "0.25 to 64")},
		{"speed below", words("--speed=-1"), words("--speed -1")},
		{"speed above", words("--speed", "65"), words("--speed 65")},
		{"negative batches", words("--batches", "-1"), words("--batches -1")},
		{"negative interval", words("--interval=-1s"), words("--interval -1s", "1ms", "24h")},
		{"interval 0", words("--interval", "0"), words("--interval 0s")},
		{"absurd interval", words("--interval", "100000h"), words("--interval 100000h0m0s")},
		{"interval without a unit", words("--interval", "5"), words("interval")},
		{"fps 0", words("--fps", "0"), words("--fps 0", "1 to 120")},
		{"fps above", words("--fps", "121"), words("--fps 121", "1 to 120")},
		{"negative fps", words("--fps=-30"), words("--fps -30")},
		{"unknown theme", words("--theme", "pink"), themes()},
		{"no endpoint", words("watch"), words("no endpoint", "https://")},
		{"endpoint that is no address", words("watch", "example"), words("http://example")},
		{"other scheme", words("watch", "ftp://alice:hunter2@example.com/x"), words("http")},
		{"no host", words("watch", "https:///x"), words("host")},
		{"port out of range", words("watch", "http://alice:hunter2@h:99999/"), words("port")},
		{"port that is no number", words("watch", "http://alice:hunter2@h:x/"), words("port")},
		{"control character in an address", words("watch", "http://h/\x1b[31m"), words("control character")},
		{"bad escape in an address", words("watch", "http://alice:hunter2@h/%zz"), words("%")},
		{"space in a host", words("watch", "http://alice:hunter2@ho st/"), words("URL")},
		{"an address where a scenario should be", words("https://alice:hunter2@h/x"), words("resiltui watch URL")},
		{"an address where a report should be", words("report", "https://alice:hunter2@h/x"), words("unknown report")},
		{"an address where a seed should be", words("--seed", "https://alice:hun/ter2@h/x?token=hunter2"), words("seed")},
		{"an address where a setting should be", words("--set", "https://alice:hunter2@h=3"), words("setting")},
		{"an address where a report's setting should be", words("report", "retry", "--set", "https://alice:hunter2@h=3"), words("setting")},
		{"one bad among good", words("watch", "http://localhost:1/", "a=nonsense"), words("nonsense")},
		{"watch interval below", words("watch", "http://h/", "--interval", "99ms"), words("--interval 99ms", "100ms")},
		{"watch timeout 0", words("watch", "http://h/", "--timeout", "0"), words("--timeout 0s")},
		{"watch timeout below", words("watch", "http://h/", "--timeout=-1s"), words("--timeout -1s")},
		{"watch timeout above", words("watch", "http://h/", "--timeout", "11m"), words("--timeout 11m0s")},
		{"a setting of a watch that there is not", words("watch", "http://h/", "--set", "nope=1"), words("--set", "nope", "policy.breaker.threshold")},
		{"a setting of a simulated sensor for a watch", words("watch", "h=http://h/", "--set", "sensors.h.fail=1"), words("--set", "fail")},
		{"a setting out of its range for a watch", words("watch", "http://h/", "--set", "threshold=-1"), words("policy.breaker.threshold=-1")},
		{"a file of settings for a watch that there is not", words("watch", "http://h/", "--set", "@nope.txt"), words("nope.txt")},
		{"slow 0", words("watch", "http://h/", "--slow", "0"), words("--slow 0s", "more than 0")},
		{"slow answers 0", words("watch", "http://h/", "--slow-answers", "0"), words("--slow-answers 0", "1 or more")},
		{"outage after none", words("watch", "http://h/", "--outage-after=-1"), words("--outage-after -1", "1 or more")},
		{"negative calls", words("watch", "http://h/", "--calls", "-3"), words("--calls -3")},
		{"header without a colon", words("watch", "http://h/", "--header", "hunter2"), words("--header", "Name: value")},
		{"header without a name", words("watch", "http://h/", "--header", ": hunter2"), words("--header")},
		{"header that breaks the request", words("watch", "http://h/", "--header", "A: hunter2\r\nB: c"), words("header")},
		{"header name with a space", words("watch", "http://h/", "--header", "A B: hunter2"), words("header")},
		{"bad method", words("watch", "http://h/", "--method", "G ET"), words("method")},
		{"bad expect", words("watch", "http://h/", "--expect", "9xx"), words("9xx")},
		{"expect that is no list", words("watch", "http://h/", "--expect", "ok"), words("ok")},
		{"bad expression", words("watch", "http://h/", "--jq", ".["), words("jq")},
		{"watch and a flag of simulations", words("watch", "http://h/", "--speed", "2"), words("--speed")},
		{"unknown flag of a watch", words("watch", "http://h/", "--nope"), words("--nope")},
		{"unknown setting", words("--set", "nope=1"), append((&scenario.Scenario{}).Keys(), "nope", "docs/settings.md")},
		{"a setting's name with a slip, of one sensor of a report", words("report", "pipeline", "--set", "sensors.S1.treshold=1"), words(`did you mean "sensors.S1.policy.breaker.threshold"?`)},
		{"a setting of one sensor that could be any sensor's", words("--set", "fail=1"), words(`"fail" could be sensors.S0.fail, `, "write more of the name")},
		{"a report's setting of one sensor that could be any sensor's", words("report", "pipeline", "--set", "fail=1"), words(`"fail" could be sensors.S0.fail, `, "write more of the name")},
		{"setting without a value", words("--set", "nope"), words("KEY=VALUE")},
		{"no report named", words("report"), words("retry, breaker, strategies, pipeline", "all")},
		{"unknown report", words("report", "nope"), words("nope", "retry, breaker, strategies, pipeline")},
		{"two reports", words("report", "retry", "retry"), words("one report")},
		{"unknown format", words("report", "retry", "--format", "yaml"), words("yaml", "text, json, markdown, csv")},
		{"no runs", words("report", "retry", "--runs", "0"), words("--runs 0", "1 to")},
		{"absurd runs", words("report", "retry", "--runs", "1000000000"), words("--runs 1000000000")},
		{"table without csv", words("report", "retry", "--table", "x"), words("--table", "--format csv")},
		{"table of all reports", words("report", "all", "--format", "csv", "--table", "x"), words("one report")},
		{"setting of all reports", words("report", "all", "--set", "a=b"), words("one report")},
		{"csv without a table", words("report", "retry", "--format", "csv"), words("--table", "--out")},
		{"unknown table", words("report", "retry", "--format", "csv", "--table", "zz"), words("zz")},
		{"log file in no directory", words("--log-file", "/nonexistent/x"), words("terminal")},
	} {
		t.Run(c.name, func(t *testing.T) { complains(t, c.args, c.want...) })
	}
}

func themes() []string {
	names := []string{`"pink"`}
	for _, theme := range draw.Themes() {
		names = append(names, string(theme))
	}
	return names
}

func TestWithoutATerminalItSaysSo(t *testing.T) {
	for _, args := range [][]string{nil, {"pipeline"}, {"watch", "http://alice:hunter2@localhost:1/"}} {
		complains(t, args, "needs a terminal", "resiltui report", "--help")
	}
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = null.Close() }()
	var errs bytes.Buffer
	if status := run(nil, null, null, &errs); status != exitUsage || !strings.Contains(errs.String(), "needs a terminal") {
		t.Errorf("into a file: status %d, %q", status, errs.String())
	}
}

func TestVersion(t *testing.T) {
	status, out, errs := called("--version")
	if status != exitOK || out != "resiltui "+version+"\n" || errs != "" {
		t.Errorf("status %d, %q, %q", status, out, errs)
	}
}

func TestHelpNamesEveryFlagAndCommand(t *testing.T) {
	for _, c := range []struct{ args, want []string }{
		{[]string{"--help"}, []string{
			"watch", "report", "completion", "--seed", "--speed", "--batches", "--interval", "--fps", "--theme",
			"--ascii", "--reduced-motion", "--show-keys", "--no-mouse", "--log-file", "--version",
			"auto, dark, light, colour-blind, mono, terminal",
		}},
		{[]string{"watch", "--help"}, []string{
			"--interval", "--timeout", "--calls", "--method", "--header", "--expect", "--jq", "--unit", "resiltui only",
		}},
	} {
		status, out, errs := called(c.args...)
		if status != exitOK || errs != "" {
			t.Errorf("%v: status %d, standard error %q", c.args, status, errs)
		}
		flat := strings.Join(strings.Fields(out), " ")
		for _, w := range c.want {
			if !strings.Contains(flat, w) {
				t.Errorf("%v does not name %q:\n%s", c.args, w, out)
			}
		}
		if strings.Contains(out, "\x1b") {
			t.Errorf("%v has escape sequences where no terminal is", c.args)
		}
	}
}

func TestCompletion(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if status, out, _ := called("completion", shell); status != exitOK || !strings.Contains(out, "resiltui") {
			t.Errorf("%s: status %d, %d bytes", shell, status, len(out))
		}
	}
	_, out, _ := called("__complete", "")
	for _, name := range append(scenario.Names(), "watch") {
		if !regexp.MustCompile(`(?m)^` + name + `\b`).MatchString(out) {
			t.Errorf("%q is not completed: %q", name, out)
		}
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--theme", ""}, "colour-blind"},
		{[]string{"watch", "--theme", "d"}, "dark"},
		{[]string{"--fault", ""}, "S3:"},
		{[]string{"retry", "--fault", ""}, "queryDatabase:"},
		{[]string{"report", "pipeline", "--fault", "S3:"}, "S3:rate-limit@"},
		{[]string{"report", "retry", "--format", ""}, "markdown"},
	} {
		if _, out, _ := called(append([]string{"__complete"}, c.args...)...); !slices.Contains(strings.Split(out, "\n"), c.want) {
			t.Errorf("%q is completed with %q, without %q", c.args, out, c.want)
		}
	}
}

func TestReportsAreTheSameBytesEachTime(t *testing.T) {
	for _, args := range [][]string{
		{"report", "all"},
		{"report", "pipeline", "--format", "json"},
		{"report", "breaker", "--format", "markdown", "--ascii"},
		{"report", "retry", "--runs", "3"},
	} {
		status, first, errs := called(args...)
		if status != exitOK || errs != "" || first == "" {
			t.Errorf("%v: status %d, %d bytes, standard error %q", args, status, len(first), errs)
		}
		if _, second, _ := called(args...); second != first {
			t.Errorf("%v differs from one time to the next", args)
		}
		if strings.Contains(first, "\x1b") {
			t.Errorf("%v has escape sequences where no terminal is", args)
		}
	}
}

func TestTheFiguresOfAVerdictAreInEveryFormatOfRepeatedRuns(t *testing.T) {
	repeated := []string{"report", "pipeline", "--fault", "S3:crash@5-15", "--runs", "5", "--format"}
	for _, c := range []struct {
		more []string
		want string // the line of the time after which it was seen
	}{
		{[]string{"text"}, `S3:crash@5-15 seen after +5 +2\.153 +0\.000 +2\.153 +2\.153\n`},
		{[]string{"json"}, `"name": "S3:crash@5-15 seen after",\s+"unit": "s",\s+"n": 5,\s+"pooled": false,\s+"mean": 2\.153,`},
		{[]string{"markdown"}, `\| S3:crash@5-15 seen after \|.* 2\.153 \|`},
		{[]string{"csv", "--table", "runs"}, `\nS3:crash@5-15 seen after,s,5,no,2\.153,0,`},
	} {
		status, out, errs := called(append(repeated, c.more...)...)
		if status != exitOK || !regexp.MustCompile(c.want).MatchString(out) {
			t.Errorf("%v: status %d, %s, no %s in\n%s", c.more, status, errs, c.want, out)
		}
		for _, figure := range []string{"attempts", "refused", "served", "back"} {
			if !strings.Contains(out, "S3:crash@5-15 "+figure) {
				t.Errorf("%v: nothing of %s", c.more, figure)
			}
		}
	}
}

func TestAReportIntoAFileIsTheSameAsOnStandardOutput(t *testing.T) {
	name := filepath.Join(t.TempDir(), "report")
	if status, out, errs := called("report", "retry", "--out", name); status != exitOK || out != "" {
		t.Fatalf("status %d, %q, %q", status, out, errs)
	}
	_, want, _ := called("report", "retry")
	if got, err := os.ReadFile(name); err != nil || string(got) != want {
		t.Errorf("the file has %d bytes, standard output %d; %v", len(got), len(want), err)
	}
	tables := filepath.Join(t.TempDir(), "tables")
	if status, _, errs := called("report", "retry", "--format", "csv", "--out", tables); status != exitOK {
		t.Fatalf("status %d, %q", status, errs)
	}
	if files, err := os.ReadDir(tables); err != nil || len(files) == 0 {
		t.Errorf("%d tables; %v", len(files), err)
	}
}

func TestOptionsOfAWatch(t *testing.T) {
	w := &watchFlags{kinds: kinds.Addressed()}
	f := pflag.NewFlagSet("watch", pflag.ContinueOnError)
	w.register(f)
	if err := f.Parse([]string{"--method", "HEAD", "--header", "Authorization: Bearer a:b", "--header", "X-Empty:"}); err != nil {
		t.Fatal(err)
	}
	o, err := w.options(f, []string{"http://h/"})
	if err != nil {
		t.Fatal(err)
	}
	want := sensors.Values{"method": {"HEAD"}, "header": {"Authorization: Bearer a:b", "X-Empty:"}}
	if diff := cmp.Diff(want, o.Set); diff != "" {
		t.Error(diff)
	}
	if o.Thresholds.Resolved() != (health.Thresholds{}).Resolved() || o.Policies {
		t.Errorf("%+v, policies in the way: %t", o.Thresholds, o.Policies)
	}
}

// kinds of sensors that have settings of the same names.
func severalKinds() watchKinds {
	row := func(name, standard, help string) setting.Row {
		return setting.Row{Name: name, Kind: "text", Default: standard, Help: help}
	}
	return watchKinds{
		{Title: "A", Schemes: []string{"a"}, Settings: []setting.Row{row("expect", "2xx", "statuses"), row("unit", "x", "unit")}},
		{Title: "B", Schemes: []string{"b"}, Settings: []setting.Row{row("expect", "", "a text"), row("unit", "x", "unit")}},
		{Title: "C", Schemes: []string{"c"}, Settings: []setting.Row{row("expect", "", "a text"), row("own", "", "of its own")}},
	}
}

func TestAFlagOfSeveralKindsSaysWhatItIsForEach(t *testing.T) {
	f := pflag.NewFlagSet("watch", pflag.ContinueOnError)
	severalKinds().register(f)
	for name, want := range map[string][2]string{
		"expect": {"statuses (A); a text (B or C)", ""}, "unit": {"unit", "x"}, "own": {"of its own", ""},
	} {
		if got := f.Lookup(name); got.Usage != want[0] || got.DefValue != want[1] {
			t.Errorf("--%s is %q, %q by itself", name, got.Usage, got.DefValue)
		}
	}
}

func TestASettingThatNoEndpointHasIsRefused(t *testing.T) {
	for _, c := range []struct {
		set       sensors.Values
		addresses []string
		want      string
	}{
		{nil, []string{"a://h"}, ""},
		{sensors.Values{"own": {"1"}}, []string{"x=a://h", "y=c://h"}, ""},
		{sensors.Values{"own": {"1"}}, []string{"a://h", "b://h"}, "--own is for C endpoints, and none of these is one"},
		{sensors.Values{"unit": {"1"}}, []string{"c://h"}, "--unit is for A or B endpoints, and none of these is one"},
		{sensors.Values{"unit": {"1"}}, []string{"d://h"}, `URL "d://h" does not begin with a:// or b:// or c://; write a://h`},
	} {
		got := ""
		if err := severalKinds().check(c.set, c.addresses); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%v of %v: %q, want %q", c.set, c.addresses, got, c.want)
		}
	}
}

func TestALogFileThatCannotBeWrittenIsNamed(t *testing.T) {
	_, err := openLog(filepath.Join(t.TempDir(), "no", "log"), nil)
	if err == nil || !strings.Contains(err.Error(), "--log-file") {
		t.Errorf("the error is %v", err)
	}
	none, err := openLog("", nil)
	if err != nil || none.stop() != nil {
		t.Errorf("no log file is an error: %v", err)
	}
}

func TestTheCommandThatRepeatsARunIsWhole(t *testing.T) {
	for _, c := range []struct {
		args []string
		want []draw.Hint
	}{
		{
			[]string{"--batches", "4", "--set", "sensors.N=1 lucky.fail=0.5", "--interval", "1s"},
			[]draw.Hint{
				{Key: "again", Word: "resiltui pipeline --seed 7 --batches 4 --set interval=1s --set 'sensors.N=1 lucky.fail=0.5'"},
				{Key: "as a report", Word: "resiltui report pipeline --seed 7 --batches 4 --set interval=1s --set 'sensors.N=1 lucky.fail=0.5'"},
			},
		},
		{
			[]string{"--set", "threshold=4", "--set", "S1.attempts=1", "--set", "@plant.settings"},
			[]draw.Hint{
				{Key: "again", Word: "resiltui pipeline --seed 7 --set policy.breaker.threshold=4 --set sensors.S1.policy.retry.attempts=1 --set @plant.settings"},
				{Key: "as a report", Word: "resiltui report pipeline --seed 7 --set policy.breaker.threshold=4 --set sensors.S1.policy.retry.attempts=1 --set @plant.settings"},
			},
		},
		{nil, []draw.Hint{
			{Key: "again", Word: "resiltui pipeline --seed 7"}, {Key: "as a report", Word: "resiltui report pipeline --seed 7"},
		}},
	} {
		o, sc := &dashboardFlags{}, scenario.Pipeline()
		cmd := &cobra.Command{}
		o.register(cmd.Flags())
		if err := cmd.Flags().Parse(c.args); err != nil {
			t.Fatal(err)
		}
		if got := o.again(cmd, &sc)(7); !slices.Equal(got, c.want) {
			t.Errorf("%q gives %q", c.args, got)
		}
	}
}

func TestTheCommandThatRepeatsAWatchHidesSecretsAndSaysSo(t *testing.T) {
	o := &dashboardFlags{}
	screen := o.screenFlags()
	cmd := newWatch(streams{}, o, screen)
	if err := cmd.Flags().Parse([]string{"--jq", ".a | .b", "--theme", "dark", "--header", "X: hunter2", "--interval", "2s"}); err != nil {
		t.Fatal(err)
	}
	w := &watchFlags{kinds: kinds.Addressed()}
	got := w.again(cmd, screen, []string{"api=https://alice:hunter2@h/x?key=hunter2", "http://plain/"})
	want := "resiltui watch api=https://h/x http://plain/ --interval 2s --jq '.a | .b'"
	remark := draw.Hint{Word: "(without credentials, queries and headers)"}
	if len(got) != 2 || got[0].Word != want || got[1] != remark {
		t.Errorf("%q", got)
	}
}

func TestTheCommandThatRepeatsAWatchHasNoRemarkWhereOnlyABlankIsLeftOut(t *testing.T) {
	o := &dashboardFlags{}
	screen := o.screenFlags()
	w := &watchFlags{kinds: kinds.Addressed()}
	for _, target := range []string{"http://h/x ", "api=http://h/x "} {
		got := w.again(newWatch(streams{}, o, screen), screen, []string{target})
		if want := "resiltui watch " + strings.TrimSpace(target); len(got) != 1 || got[0].Word != want {
			t.Errorf("%q: %q", target, got)
		}
	}
}

func TestTheCommandThatRepeatsAWatchIsWhole(t *testing.T) {
	o := &dashboardFlags{}
	screen := o.screenFlags()
	args := []string{
		"--policies", "--keep-alive=false", "--set", "threshold=3", "--set", "@my settings", "--utc", "--slow", "300ms", "--slow-answers", "2",
		"--outage-after", "4", "--calls", "2", "--plain",
	}
	cmd := newWatch(streams{}, o, screen)
	if err := cmd.Flags().Parse(args); err != nil {
		t.Fatal(err)
	}
	w := &watchFlags{kinds: kinds.Addressed()}
	got := w.again(cmd, screen, []string{"http://h/"})
	want := "resiltui watch http://h/ --calls 2 --keep-alive=false --outage-after 4 --policies --set threshold=3 --set '@my settings' " +
		"--slow 300ms --slow-answers 2 --utc"
	if len(got) != 1 || got[0].Word != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestAWordIsQuotedOnlyWhereAShellNeedsIt(t *testing.T) {
	for word, want := range map[string]string{
		"a=b": "a=b", "https://h:1/x": "https://h:1/x", "": "''", "a b": "'a b'", "it's": `'it'\''s'`, "$x": "'$x'", "a;b": "'a;b'",
	} {
		if got := quote(word); got != want {
			t.Errorf("%q becomes %s, want %s", word, got, want)
		}
	}
}
