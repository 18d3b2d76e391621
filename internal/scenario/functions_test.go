package scenario

import (
	"context"
	"errors"
	"io/fs"
	"testing"

	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
)

// wrapped are the four functions with the policies of the scenario around them, each
// called twenty times.
func wrapped(t *testing.T, seed uint64, check func(name string, err error)) *retry.Registry {
	t.Helper()
	reg, clk := retry.NewRegistry(), clock.NewVirtual()
	f, err := NewFunctions(seed, clk)
	if err != nil {
		t.Fatal(err)
	}
	policy := func(name string) retry.Policy {
		for _, s := range Retry().Sensors {
			if s.Info.ID == name {
				p := s.Policy.Retry
				p.Sleep, p.Now = clk.Sleep, clk.Now
				return p
			}
		}
		t.Fatalf("no %s", name)
		return retry.Policy{}
	}
	user, err1 := retry.Wrap(reg, "fetchUserProfile", policy("fetchUserProfile"), f.FetchUserProfile)
	query, err2 := retry.Wrap(reg, "queryDatabase", policy("queryDatabase"), f.QueryDatabase)
	api, err3 := retry.Wrap(reg, "callExternalAPI", policy("callExternalAPI"), f.CallExternalAPI)
	file, err4 := retry.Wrap(reg, ReadLocalFile, policy(ReadLocalFile), f.ReadLocalFile)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		t.Fatal(err)
	}
	clk.Start(func() {
		ctx := context.Background()
		for range 20 {
			profile, err := user(ctx, "ada")
			if err == nil && profile.UserID != "ada" {
				t.Errorf("the profile of %s", profile.UserID)
			}
			check("fetchUserProfile", err)
			rows, err := query(ctx, "select 1")
			if err == nil && (len(rows) != 1 || rows[0] != "answer to select 1") {
				t.Errorf("rows %q", rows)
			}
			check("queryDatabase", err)
			answer, err := api(ctx, "/users")
			if err == nil && answer != (Response{"/users", 200}) {
				t.Errorf("%+v", answer)
			}
			check("callExternalAPI", err)
			content, err := file(ctx, "users.json")
			if err == nil && string(content) != "what is in users.json" {
				t.Errorf("%s", content)
			}
			check(ReadLocalFile, err)
		}
	})
	if err := clk.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	return reg
}

func TestTheFourFunctionsCanBeWrappedWithRetries(t *testing.T) {
	failed := map[string]int{}
	attempts := map[string]uint64{}
	for seed := range uint64(30) {
		reg := wrapped(t, seed, func(name string, err error) {
			if err == nil {
				return
			}
			failed[name]++
			ranOut := errors.Is(err, retry.ErrExhausted)
			var kind bool
			switch name {
			case "fetchUserProfile":
				kind = errors.Is(err, context.DeadlineExceeded)
			case "queryDatabase":
				_, kind = errors.AsType[*DatabaseConnectionError](err)
			case "callExternalAPI":
				e, ok := errors.AsType[*HTTPError](err)
				kind = ok && e.Status >= 500
			default:
				kind = errors.Is(err, fs.ErrNotExist)
			}
			if !kind || ranOut != (name != ReadLocalFile) {
				t.Errorf("%s: %v; attempts ran out: %v", name, err, ranOut)
			}
		})
		all := reg.Summaries()
		if len(all) != 4 {
			t.Fatalf("%d functions", len(all))
		}
		for _, s := range all {
			attempts[s.Name] += s.TotalAttempts
			if s.TotalCalls != 20 || s.Name == ReadLocalFile && (s.Retries != 0 || s.Propagated != s.TotalCalls-s.Successes || s.TotalDelaySeconds != 0) {
				t.Errorf("seed %d: %+v", seed, s)
			}
		}
	}
	// Of 600 calls f³ fail in the end, or f where nothing is retried; four standard errors.
	for name, want := range map[string][2]int{"fetchUserProfile": {43, 107}, "queryDatabase": {15, 62}, "callExternalAPI": {89, 171}, ReadLocalFile: {81, 159}} {
		if n := failed[name]; n < want[0] || n > want[1] {
			t.Errorf("%s failed %d times", name, n)
		}
	}
	if attempts["queryDatabase"] <= 600 || attempts[ReadLocalFile] != 600 {
		t.Errorf("%v", attempts)
	}
}

// The sensors of the scenario are these functions: a read is a call, with what the
// service does to that very request.
func TestAReadOfTheScenarioIsACallOfTheFunction(t *testing.T) {
	for _, s := range Retry().Sensors {
		read, err := s.make(42, nowhere{})
		if err != nil {
			t.Fatal(err)
		}
		f, ok := read.(*function)
		if !ok {
			t.Fatalf("%s is a %T", s.Info.ID, read)
		}
		if _, ok := sensors.AsPlanned(read); !ok {
			t.Errorf("%s is not known beforehand", s.Info.ID)
		}
		calls, inner := 0, f.call
		f.call = func(ctx context.Context, number uint64) error { calls++; return inner(ctx, number) }
		for call := range uint64(40) {
			r := sensors.Request{Call: call + 1, Attempt: 2}
			want := f.Plan(r)
			if got, err := read.Read(t.Context(), r); got != want.Reading || !errors.Is(err, want.Err) {
				t.Errorf("%s, call %d: %+v and %v, planned %+v", s.Info.ID, call+1, got, err, want)
			}
		}
		if calls != 40 {
			t.Errorf("%s was called %d times", s.Info.ID, calls)
		}
	}
}
