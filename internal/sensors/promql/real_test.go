package promql

import (
	"bufio"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"resiltui/internal/sensors"
)

// prometheus starts a Prometheus server that has no data; it is over at the end of the
// test.
func prometheus(t *testing.T) (address string) {
	t.Helper()
	program, err := exec.LookPath("prometheus")
	if err != nil {
		t.Skip("there is no prometheus on the PATH")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address = l.Addr().String()
	_ = l.Close()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "empty.yml"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, "--config.file="+filepath.Join(dir, "empty.yml"),
		"--storage.tsdb.path="+filepath.Join(dir, "data"), "--web.listen-address="+address)
	log, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	for lines := bufio.NewScanner(log); lines.Scan(); {
		if strings.Contains(lines.Text(), "Server is ready to receive web requests") {
			return prefix + "http://" + address
		}
	}
	t.Skip("prometheus does not start")
	return ""
}

func TestARealPrometheusIsAsked(t *testing.T) {
	address := prometheus(t)
	for query, want := range map[string]float64{"1 + 1": 2, "vector(3.5)": 3.5, "sum(vector(1) or label_replace(vector(2), \"a\", \"b\", \"\", \"\"))": 3} {
		got, err := opened(t, address, sensors.Values{"query": {query}}).Read(t.Context(), sensors.Request{})
		if err != nil || got.Value != want {
			t.Errorf("%s gives %v, %v", query, got.Value, err)
		}
	}
	for query, want := range map[string]string{
		"up":      "query gave no series",
		"0 / 0":   "query gave NaN, not a number",
		"1 / 0":   "query gave a number beyond ±1e21",
		`"text"`:  "query gave a text, not a number",
		"up[5m]":  "query gave values of a range of time",
		"rate(up": "query is refused: unclosed left parenthesis",
		`vector(1) or label_replace(vector(2), "a", "b", "", "")`:                    "query gave several series",
		`vector(1) + on() (vector(1) or label_replace(vector(2), "a", "b", "", ""))`: "query failed: ",
	} {
		_, err := opened(t, address, sensors.Values{"query": {query}}).Read(t.Context(), sensors.Request{})
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", query, err, want)
		}
	}
}
