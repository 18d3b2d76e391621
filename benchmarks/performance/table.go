package main

import "fmt"

// figure is the result of a measurement: the number that is compared with the
// target, and the full text.
type figure struct {
	value float64
	text  string
	// wrong is a problem that the measurement found, whatever the figure is ("1
	// allocation a call"); empty is none.
	wrong string
}

// row is a row of the page.
type row struct {
	key, what, target string
	limit             float64
	// atLeast makes the target a minimum instead of a maximum.
	atLeast bool
	source
	// held says why a target is not reached. It is written by hand, after
	// profiling.
	held string
}

// source says how the figure of a row is measured.
type source struct {
	benchmarks []string
	once       bool // these take long, and one turn is enough
	say        func(f *figures) figure
}

// result is a row with its figure.
type result struct {
	row
	figure
}

func (r result) reached() bool {
	if r.wrong != "" {
		return false
	}
	if r.atLeast {
		return r.value >= r.limit
	}
	return r.value <= r.limit
}

func (r result) verdict() string {
	switch {
	case r.reached():
		return "reached"
	case r.wrong != "":
		return "not reached: " + r.wrong
	default:
		return "not reached"
	}
}

// The reasons why targets are not reached; see the rows.
const (
	heldReads = "About a fifth is the simulated sensor itself: two normal draws, an exponential and a sine, rounded where they are made, " +
		"so that every processor gets the same. The statistics take about a tenth, the sensors' second life in the naive pipeline and behind " +
		"open circuits another tenth. The rest is the stack: each layer is usable alone and safe for concurrent callers, " +
		"and keeps its own lock and its own look at the context, though here nobody else calls."
	heldPast  = "Numbering, counting and copying into the past, under one lock, before the engine goes on. Half is counting, a third the past, some of which is memory that is new."
	heldRetry = "It is near the target, on whose other side other runs of the same code were. What holds it was not looked into."
	heldStack = "Three layers, each with metrics of its own under a lock or an atomic; with a window the breaker also reads the clock twice, " +
		"which alone takes some 50 ns. Nothing is allocated. A profile: the two readings are a third of the time, letting the call in " +
		"and taking its end in with all else a quarter each, the retry an eighth. Runs of the same code came to between 0.14 and 0.23, " +
		"as the peer took between 551 and 838 ns."
	heldFrames = "The screen with 1,000 sensors has another form, rows instead of panes; of what grows with the number of sensors, " +
		"the width of the column of names is left, which is looked for once a frame."
	heldFlood = "Bubble Tea writes every 33 ms, so a key waits for up to that long before anything can be seen; what is beyond it is Update, View and the writing. " +
		"A flash has no timer: there is one Update and one View a frame."
	heldMemory = "A heap profile of 1,000 sensors: of a sensor, 4 KB are its score of 160 columns, 3 KB its last 24 calls, 4 KB what is counted of it and its changes, " +
		"and all of it once more, as it was at the beginning of the past that can be gone back to; the events of that past take 16 MiB. " +
		"With more than 100 sensors the collector of garbage lets the heap grow by 40 % of what is in use, and not to twice of it."
	heldMany = "It is the memory. A sensor has a few kilobytes in several places (client, breaker, signal, statistics), and events come in the order of time, " +
		"so that nearly every one meets a sensor that has left the cache. The part of the statistics is over a quarter of the time, " +
		"building the sensors about a twentieth."
)

// table is every row of the page, in order.
func table() []row {
	return []row{
		{"breaker-closed", "breaker, closed, success, failures in a row", "0.35 × gobreaker, 0 allocations", 0.35, false, comparedWith("BreakerClosed", "resiltui", "gobreaker"), ""},
		{"breaker-window", "breaker, closed, success, rolling window and slow-call rate", "0.9 × gobreaker, 0 allocations", 0.9, false, comparedWith("BreakerClosed", "resiltui-window", "gobreaker"), ""},
		{"breaker-open", "breaker, open, refused", "0.65 × gobreaker, 0 allocations", 0.65, false, comparedWith("BreakerOpen", "resiltui", "gobreaker"), ""},
		{"retry", "retry, first attempt succeeds, statistics recorded", "0.1 × backoff, 0 allocations", 0.1, false, comparedWith("RetryFirst", "resiltui", "backoff"), heldRetry},
		{"stack", "fallback, breaker, retry: success, with metrics", "0.10 × failsafe-go, 0 allocations", 0.10, false, comparedWith("Stack", "resiltui", "failsafe-go"), heldStack},
		{"stack-window", "the same with latency and window", "0.18 × failsafe-go, 0 allocations", 0.18, false, comparedWith("Stack", "resiltui-window", "failsafe-go"), heldStack},
		{"publish", "hub, statistics and a dashboard attached", "100 ns a read more", 100, false, publish(), heldPast},
		{"reads-5", "virtual time, one core, whole stack, statistics on, 5 sensors", "1,000,000 reads a second", 1e6, true, single("Reads/sensors=5", "reads/s", "%s reads/s", false), heldReads},
		{"reads-1000", "the same with 1,000 sensors", "1,000,000 reads a second", 1e6, true, single("Reads/sensors=1000", "reads/s", "%s reads/s", false), heldMany + " What holds the row with 5 sensors back holds here too."},
		{"reads-10000", "the same with 10,000 sensors", "400,000 reads a second", 4e5, true, single("Reads/sensors=10000", "reads/s", "%s reads/s", false), heldMany},
		{"frame", "Update and View of a frame, overview at 140×50, every pane changed", "0.8 ms", 0.8, false, frame(), ""},
		{"frame-1000", "the same with 1,000 sensors, against the one with 5", "1.2 × that", 1.2, false, frameOfMany(), heldFrames},
		{"paint", "CPU of the process per painted frame, 140×50", "3 ms", 3, false, painted(), "The peer beside it shows how much of it is Bubble Tea's own."},
		{"paused", "paused: bytes written", "0", 0, false, pausedBytes(), ""},
		{"paused-cpu", "paused: CPU beyond that of an empty Bubble Tea program", "0.3 % of a core", 0.3, false, pausedCPU(), ""},
		{"flood", "100,000 events a second: from key to screen, 99th percentile", "40 ms, one Update and one View a frame", 40, false, flooding(), heldFlood},
		{"watch-500", "500 real endpoints asked once a second for a minute, over fresh connections: CPU of the process", "2 × a bare Go loop", 2, false, watching(), ""},
		{"start", "from start to first frame", "60 ms", 60, false, firstFrame(), ""},
		{"memory", "memory, `pipeline` after an hour", "45 MB", 45, false, single("Program/memory=pipeline", "megabytes", "%s MB (resident, after 1h0m0s of virtual time at 64×)", true), ""},
		{"memory-1000", "memory, 1,000 sensors with a dashboard", "110 MB", 110, false, single("Program/memory=1000", "megabytes", "%s MB (resident, after 20m0s of virtual time at 64×)", true), heldMemory},
		{"memory-10000", "memory, 10,000 sensors, headless", "250 MB", 250, false, single("Program/memory=10000", "megabytes", "%s MB (resident, after 600 calls of each)", true), heldMemory},
		{"binary", "binary, stripped", "20 MB", 20, false, single("Program/binary", "megabytes", "%s MB", true), ""},
	}
}

// number formats a figure with its significant digits.
func number(x float64) string {
	switch {
	case x >= 10_000:
		return thousands(int(x))
	case x >= 100 || x == 0:
		return fmt.Sprintf("%.0f", x)
	case x >= 10:
		return fmt.Sprintf("%.1f", x)
	case x >= 0.1:
		return fmt.Sprintf("%.2f", x)
	default:
		return fmt.Sprintf("%.3f", x)
	}
}

func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return thousands(n/1000) + fmt.Sprintf(",%03d", n%1000)
}
