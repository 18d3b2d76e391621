package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"sync"
	"testing"
)

// usage is what a process has open at the moment of a request.
type usage struct{ goroutines, files int }

// files is how many file descriptors are open, 0 where that cannot be seen.
func files() int {
	list, _ := os.ReadDir("/proc/self/fd")
	return len(list)
}

// The server is in the same process, and looks at it with each request. Other tests would
// be looked at too, so this one does not run beside them.
func TestAWatchKeepsItsGoroutinesAndFilesToItsEndpoints(t *testing.T) {
	const endpoints, calls = 20, 12
	var mu sync.Mutex
	var seen []usage
	asked := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked[r.URL.Path]++
		seen = append(seen, usage{runtime.NumGoroutine(), files()})
	}))
	defer server.Close()
	args := []string{"watch", "--plain", "--interval", "100ms", "--calls", fmt.Sprint(calls)}
	for i := range endpoints {
		args = append(args, fmt.Sprintf("e%d=%s/%d", i, server.URL, i))
	}
	if status, _, errs := called(args...); status != exitOK {
		t.Fatalf("exit status %d: %s", status, errs)
	}
	for i := range endpoints {
		if n := asked[fmt.Sprint("/", i)]; n != calls {
			t.Errorf("endpoint %d was asked %d times, not %d", i, n, calls)
		}
	}
	// How many requests are under way at a time depends on how busy the machine is, but what
	// each of 80 calls leaves behind is there in the quietest moment too.
	second, last := least(seen[len(seen)/3:len(seen)*2/3]), least(seen[len(seen)*2/3:])
	if last.goroutines > second.goroutines+endpoints || last.files > second.files+endpoints {
		t.Errorf("in the second third %+v at least, in the last %+v", second, last)
	}
}

func least(list []usage) usage {
	m := list[0]
	for _, u := range list {
		m.goroutines, m.files = min(m.goroutines, u.goroutines), min(m.files, u.files)
	}
	return m
}
