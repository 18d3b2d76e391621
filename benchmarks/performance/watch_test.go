package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"
)

// asked is how often each of the endpoints is asked, once a second.
func asked() (endpoints, calls int) { return shorter(500, 10), shorter(60, 2) }

// BenchmarkWatch is the CPU of a process that asks 500 endpoints once a second for a
// minute, each time over a connection of its own: the program by lines,
// and the barest loop that makes the same requests. The server is in this process. That a
// request is lost, or made twice, fails it.
func BenchmarkWatch(b *testing.B) {
	exe := build(b)
	_, calls := asked()
	b.Run("client=resiltui", func(b *testing.B) {
		askAll(b, func(address string) *exec.Cmd {
			return exec.Command(exe, append([]string{"watch", "--plain", "--interval", "1s", "--timeout", "30s", "--calls", fmt.Sprint(calls)}, targets(address)...)...)
		})
	})
	b.Run("client=bare", func(b *testing.B) {
		askAll(b, func(address string) *exec.Cmd {
			endpoints, calls := asked()
			return played(fmt.Sprintf("bare %d %d %s", endpoints, calls, address))
		})
	})
}

// targets are the addresses of all endpoints.
func targets(address string) (all []string) {
	endpoints, _ := asked()
	for i := range endpoints {
		all = append(all, fmt.Sprintf("e%d=%s/%d", i, address, i))
	}
	return all
}

// askAll runs a client of the endpoints to its end.
func askAll(b *testing.B, client func(address string) *exec.Cmd) {
	endpoints, calls := asked()
	for b.Loop() {
		var mu sync.Mutex
		got := map[string]int{}
		server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			got[r.URL.Path]++
		}))
		cmd := client(server.URL)
		cmd.Stderr = os.Stderr
		if err := cmd.Run(); err != nil {
			b.Fatal(err)
		}
		server.Close()
		for i := range endpoints {
			if n := got[fmt.Sprint("/", i)]; n != calls {
				b.Errorf("endpoint %d was asked %d times, not %d", i, n, calls)
			}
		}
		cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		b.ReportMetric(cpu.Seconds()/float64(endpoints*calls)*1e6, "cpu-us/request")
	}
}

// bare asks the endpoints, each on a schedule of its own, as bare as it can be done.
func bare(given string) error {
	var endpoints, calls int
	var address string
	if _, err := fmt.Sscan(given, &endpoints, &calls, &address); err != nil {
		return err
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	failed := make(chan error, endpoints)
	var all sync.WaitGroup
	for i := range endpoints {
		all.Go(func() {
			time.Sleep(time.Duration(i) * time.Second / time.Duration(endpoints))
			turns := time.NewTicker(time.Second)
			defer turns.Stop()
			for range calls {
				if err := get(&client, fmt.Sprint(address, "/", i)); err != nil {
					failed <- err
					return
				}
				<-turns.C
			}
		})
	}
	all.Wait()
	close(failed)
	return <-failed
}

func get(client *http.Client, address string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	answer, err := client.Do(request)
	if err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	return answer.Body.Close()
}
