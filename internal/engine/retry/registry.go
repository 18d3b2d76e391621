package retry

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// MaxNames is how many names a Registry holds. Names beyond it share one entry
// called Other, so that names made at run time (an address, a user) cannot fill
// the memory.
const MaxNames = 1024

// Other is the name of the entry that names beyond MaxNames share.
const Other = "other"

// Registry maps names to statistics. It is safe for concurrent use. Entries
// are never removed.
type Registry struct {
	mu    sync.RWMutex
	stats map[string]*Stats // guarded by mu; at most MaxNames and Other
}

// NewRegistry returns an empty registry.
func NewRegistry() *Registry { return &Registry{stats: make(map[string]*Stats)} }

// Get returns the statistics of a name, which it creates where there are none.
// The same name gives the same pointer. Where MaxNames are taken, a new name
// gets the shared entry Other.
func (r *Registry) Get(name string) *Stats {
	r.mu.RLock()
	s := r.stats[name]
	r.mu.RUnlock()
	if s != nil {
		return s
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stats[name] == nil && len(r.stats) >= MaxNames {
		name = Other
	}
	if s = r.stats[name]; s == nil {
		s = NewStats(name)
		r.stats[name] = s
	}
	return s
}

// Names returns all names, sorted.
func (r *Registry) Names() []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return slices.Sorted(maps.Keys(r.stats))
}

// Summaries returns the summary of every name, sorted by name. Each is of one
// moment; together they need not be.
func (r *Registry) Summaries() []Summary {
	names := r.Names()
	all := make([]Summary, len(names))
	for i, name := range names {
		all[i] = r.Get(name).Summary()
	}
	return all
}

// Report writes a table with one line a name, sorted by name. Rates are in per
// cent, n/a where there is none. It returns the writer's error.
func (r *Registry) Report(w io.Writer) error {
	rows := [][]string{{
		"name", "calls", "success", "attempts", "retries", "saved", "ran out", "propagated",
		"total delay", "delay per ran out",
	}}
	for _, s := range r.Summaries() {
		rows = append(rows, []string{
			printable(s.Name), count(s.TotalCalls), percent(s.SuccessRate), count(s.TotalAttempts),
			count(s.Retries), count(s.SuccessfulRetries), count(s.PermanentFailures), count(s.Propagated),
			seconds(&s.TotalDelaySeconds), seconds(s.AverageDelayPerPermanentFailureSeconds),
		})
	}
	if _, err := io.WriteString(w, table(rows)); err != nil {
		return fmt.Errorf("write retry report: %w", err)
	}
	return nil
}

// table aligns the first column to the left and the others, which are numbers,
// to the right, two spaces apart.
func table(rows [][]string) string {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		fmt.Fprintf(&b, "%-*s", widths[0], row[0])
		for i, cell := range row[1:] {
			fmt.Fprintf(&b, "  %*s", widths[i+1], cell)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// printable keeps control characters of a name away from a terminal.
func printable(name string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsPrint(c) {
			return c
		}
		return unicode.ReplacementChar
	}, name)
}

func count(n uint64) string { return strconv.FormatUint(n, 10) }

func percent(rate *float64) string {
	if rate == nil {
		return "n/a"
	}
	return strconv.FormatFloat(*rate*100, 'f', 1, 64) + " %"
}

func seconds(s *float64) string {
	if s == nil {
		return "n/a"
	}
	return strconv.FormatFloat(*s, 'f', 3, 64) + " s"
}
