package kinds_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/kinds"
	"resiltui/internal/setting"
	"resiltui/internal/words"
)

// How to add a kind of sensor, for docs/extending.md, which shows what stands between
// the marks. A real one is a package of its own, internal/sensors/file, and a line in
// kinds.go.

// shown in docs/extending.md from here: a kind of sensor

// Kind is how files that hold a number are opened by their URLs.
func Kind() sensors.Kind {
	return sensors.Kind{
		Name: "file", Title: "file",
		Schemes:  []string{"file"},
		Help:     "The value of a file is the number that it holds.",
		Examples: []string{"fan=file:///sys/class/hwmon/hwmon0/fan1_input --unit rpm"},
		Settings: setting.Rows(settings()),
		Open:     open,
	}
}

// file is a sensor.
type file struct {
	info sensors.Info
	path string
	now  func() time.Duration
}

// settings are what can be set of a file: flags of `resiltui watch`.
func settings() []setting.Of[file] {
	return []setting.Of[file]{{
		Row: setting.Row{
			Name: "unit", Label: "unit", Kind: "text", Range: "a word of up to 8 letters", Example: "rpm",
			Help: "unit of the number in the file",
		},
		Get: func(f file) string { return f.info.Unit },
		Set: func(f *file, v string) error {
			if words.Clean(v, 8) != v {
				return errors.New("must be a word of up to 8 letters")
			}
			f.info.Unit = v
			return nil
		},
	}}
}

// open makes the sensor. The file need not be there yet.
func open(address string, set sensors.Values, env sensors.Env) (sensors.Sensor, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "file" || u.Path == "" || u.Host != "" && u.Host != "localhost" {
		return nil, fmt.Errorf("URL %q names no file of this machine; write file:///PATH", words.RedactURL(address))
	}
	name := words.Clean(cmp.Or(env.Name, filepath.Base(u.Path)), sensors.MaxNameCells)
	f := file{path: u.Path, now: env.Now, info: sensors.Info{ID: cmp.Or(env.ID, name), Name: name, Decimals: words.MaxDecimals, Real: true}}
	if err := sensors.Apply(&f, settings(), set); err != nil {
		return nil, err
	}
	return &f, f.info.Validate()
}

// Info describes the sensor.
func (f *file) Info() sensors.Info { return f.info }

// Read reads the file. The same cause gives the same words, so that failures can be
// counted by them.
func (f *file) Read(ctx context.Context, _ sensors.Request) (sensors.Reading, error) {
	if err := ctx.Err(); err != nil {
		return sensors.Reading{}, err
	}
	text, err := beginning(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return sensors.Reading{}, &sensors.ReadError{Text: "file not found"}
	case err != nil:
		return sensors.Reading{}, &sensors.ReadError{Text: "file cannot be read"}
	}
	value, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || sensors.CheckFinite("value", value) != nil {
		return sensors.Reading{}, &sensors.ReadError{Text: "no number in the file"}
	}
	return sensors.Reading{Value: sensors.Round6(value), At: f.now()}, nil
}

// beginning is as much of a file as a number could need: some files have no end.
func beginning(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }() // it was only read
	text, err := io.ReadAll(io.LimitReader(f, 64))
	return string(text), err
}

// to here

// withFile is the list with the kind at its end.
func withFile() []sensors.Kind { return append(kinds.All(), Kind()) }

// number writes a file in a new folder, and returns its URL and a way to change it.
func number(t *testing.T) (address string, put func(text string)) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "fan")
	return "file://" + path, func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Error(err)
		}
	}
}

// opened opens an address as `resiltui watch` does, by its scheme.
func opened(t *testing.T, address string, set sensors.Values, now func() time.Duration) sensors.Sensor {
	t.Helper()
	kind, err := sensors.Find(withFile(), address)
	if err != nil {
		t.Fatal(err)
	}
	s, err := kind.Open(address, set, sensors.Env{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAFileIsFoundByItsSchemeAndReadWithItsUnit(t *testing.T) {
	address, put := number(t)
	put(" 1250.5\n")
	s := opened(t, address, sensors.Values{"unit": {"rpm"}}, func() time.Duration { return 3 * time.Second })
	if i := s.Info(); i.ID != "fan" || i.Unit != "rpm" || !i.Real {
		t.Errorf("it is %+v", i)
	}
	if got, err := s.Read(t.Context(), sensors.Request{}); err != nil || got != (sensors.Reading{Value: 1250.5, At: 3 * time.Second}) {
		t.Errorf("it reads %+v, %v", got, err)
	}
}

func TestAFileThatCannotBeReadSaysWhyInFewWords(t *testing.T) {
	address, put := number(t)
	s := opened(t, address, nil, nil)
	read := func() string {
		_, err := s.Read(t.Context(), sensors.Request{})
		if _, ok := errors.AsType[*sensors.ReadError](err); !ok {
			t.Fatalf("%v is no error of a sensor", err)
		}
		return err.Error()
	}
	if got := read(); got != "file not found" {
		t.Errorf("where there is none: %s", got)
	}
	for _, text := range []string{"", "broken", "1 2", "NaN", "1e300", strings.Repeat("1", 1000)} {
		put(text)
		if got := read(); got != "no number in the file" {
			t.Errorf("with %q in it: %s", text, got)
		}
	}
	folder := opened(t, "file://"+t.TempDir(), nil, nil)
	if _, err := folder.Read(t.Context(), sensors.Request{}); err == nil || err.Error() != "file cannot be read" {
		t.Errorf("a folder: %v", err)
	}
}

func TestWhatNoFileCanBeIsToldBeforeTheRun(t *testing.T) {
	for address, want := range map[string]string{
		"file://elsewhere/fan?secret": `URL "file://elsewhere/fan" names no file of this machine; write file:///PATH`,
		"file://":                     `URL "file://" names no file of this machine; write file:///PATH`,
	} {
		if _, err := Kind().Open(address, nil, sensors.Env{}); err == nil || err.Error() != want {
			t.Errorf("%s: %v", address, err)
		}
	}
	want := "--unit two words: must be a word of up to 8 letters"
	if _, err := Kind().Open("file:///fan", sensors.Values{"unit": {"two words"}}, sensors.Env{}); err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
}

// shown in docs/extending.md from here: what a kind of sensor gets

func TestAFileIsReadThroughTheWholeStack(t *testing.T) {
	address, put := number(t)
	virtual := clock.NewVirtual() // no time passes but what the stack waits
	client, err := engine.NewClient(engine.ClientConfig{
		Clock: virtual, Sensor: opened(t, address, nil, virtual.Now), Hub: event.NewHub(),
		Policy: policy.Policy{
			Retry:   retry.Policy{MaxAttempts: 3, BaseDelay: time.Second},
			Breaker: breaker.Settings{FailureThreshold: 2, OpenFor: 10 * time.Second, SuccessesToClose: 1},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	var calls []event.Call
	read := func() {
		call, _ := client.Read(t.Context(), 0)
		calls = append(calls, call)
	}
	virtual.Start(func() {
		read() // there is no file: three attempts, a wait of 1 s and one of 2 s
		read() // this opens the circuit
		read() // and this is refused
		put("7")
		_ = virtual.Sleep(t.Context(), 10*time.Second)
		read() // a probe, which closes it
	})
	if err := virtual.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	for k, want := range []string{
		"missing after 3 attempts in 3s, CLOSED: file not found",
		"missing after 3 attempts in 3s, OPEN: file not found",
		"fast-fail after 0 attempts in 0s, OPEN: OPEN, refused",
		"live after 1 attempts in 0s, CLOSED: ",
	} {
		c := calls[k]
		got := fmt.Sprintf("%v after %d attempts in %v, %v: %s", c.Result, c.Attempts, c.Took, c.Circuit.State, c.Err)
		if got != want {
			t.Errorf("call %d: %s, want %s", k+1, got, want)
		}
	}
}

// to here
