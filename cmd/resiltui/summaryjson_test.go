package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"resiltui/internal/schematest"
)

func TestABoundedWatchEndsWithItsFiguresAsJSON(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"n": 12.5}`)) }))
	defer server.Close()
	// An interval that is shorter than the start of the first expression misses calls, but none
	// after the last.
	if _, out, _ := called("watch", "--once", "--interval", "100ms", "--format", "json", "--jq", ".n", "web="+server.URL); !strings.Contains(out, `"missed": 0`) {
		t.Errorf("it missed calls that were not due:\n%s", out)
	}
	for flag, calls := range map[string]string{"--once": "1", "--calls=3": "3"} {
		status, out, errs := called("watch", flag, "--interval", "150ms", "--format", "json", "--jq", ".n", "web="+server.URL)
		if status != exitOK || errs != "" {
			t.Errorf("%s: exit status %d, %q", flag, status, errs)
		}
		if err := schematest.Strict(t, "../../docs/summary.schema.json").Validate(schematest.Value(t, []byte(out))); err != nil {
			t.Errorf("%s: %v", flag, err)
		}
		for _, want := range []string{`"web": {`, `"calls": ` + calls + `,\n      "missed": \d`, `"live": 1,`, `"up": 1,`, `"value": 12.5\n`} {
			if !regexp.MustCompile(want).MatchString(out) {
				t.Errorf("%s: no %s in\n%s", flag, want, out)
			}
		}
	}
}

func TestABoundedWatchFailsWhereAnEndpointNeverAnsweredAsExpected(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }))
	defer server.Close()
	well := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer well.Close()
	for _, how := range []string{"--plain", "--format=json"} {
		status, out, errs := called("watch", "--once", how, "web="+well.URL, "busy="+server.URL)
		if status != exitFailed || errs != "resiltui: busy never answered as expected\n" {
			t.Errorf("%s: exit status %d, %q", how, status, errs)
		}
		if !strings.Contains(out, "busy") {
			t.Errorf("%s: nothing is told of it in\n%s", how, out)
		}
	}
	if status, _, errs := called("watch", "--once", "--plain", "--expect", "503", "busy="+server.URL); status != exitOK {
		t.Errorf("what was expected gives exit status %d, %q", status, errs)
	}
}

func TestASimulatedRunEndsWithItsFiguresAsJSON(t *testing.T) {
	t.Parallel()
	status, out, errs := called("--batches", "20", "--speed", "64", "--format", "json")
	if status != exitOK || errs != "" {
		t.Errorf("exit status %d, %q", status, errs)
	}
	if err := schematest.Strict(t, "../../docs/summary.schema.json").Validate(schematest.Value(t, []byte(out))); err != nil {
		t.Error(err)
	}
	if !strings.Contains(out, `"seed": 42`) || !strings.Contains(out, `"S3": {`) {
		t.Errorf("it says\n%s", out)
	}
}

func TestTheFiguresOfARunWithoutAnEndAreRefused(t *testing.T) {
	complains(t, []string{"--format", "json"}, "--format json", "--batches")
	complains(t, []string{"watch", "--format", "json", "http://localhost:1/"}, "--format json", "--calls or --once")
	complains(t, []string{"watch", "--once", "--calls", "3", "http://localhost:1/"}, "--once", "--calls 3")
	complains(t, []string{"watch", "--once", "--format", "yaml", "http://localhost:1/"}, `--format "yaml"`, "text or json")
}

// A disk that is full under the figures is no success.
func TestFiguresThatCannotBeWrittenAreAnError(t *testing.T) {
	out, errs := &full{room: 20}, &bytes.Buffer{}
	if status := run([]string{"--batches", "3", "--speed", "64", "--format", "json"}, strings.NewReader(""), out, errs); status != exitFailed {
		t.Errorf("exit status %d, %q", status, errs)
	}
}
