package main

import "fmt"

// single is a row with one figure, in the text that format gives.
func single(benchmark, unit, format string, once bool) source {
	return source{benchmarks: []string{benchmark}, once: once, say: func(f *figures) figure {
		value := f.of(benchmark, unit)
		return figure{value: value, text: fmt.Sprintf(format, number(value))}
	}}
}

// comparedWith compares a policy with that of another library.
func comparedWith(benchmark, ours, peer string) source {
	a, b := benchmark+"/library="+ours, benchmark+"/library="+peer
	return source{benchmarks: []string{a, b}, say: func(f *figures) figure {
		x, y := f.of(a, "sec/op")*1e9, f.of(b, "sec/op")*1e9
		result := figure{value: x / y, text: fmt.Sprintf("%s × (%s ns; %s %s ns)", number(x/y), number(x), peer, number(y))}
		if n := f.of(a, "allocs/op"); n > 0 {
			result.wrong = fmt.Sprintf("%v allocations a call", n)
		}
		return result
	}}
}

func publish() source {
	const whole, without = "Publish/past=yes", "Publish/past=no"
	return source{benchmarks: []string{whole, without}, say: func(f *figures) figure {
		ns := f.of(whole, "sec/op") * 1e9
		return figure{value: ns, text: fmt.Sprintf("%s ns (%s ns without the past that can be gone back to)", number(ns), number(f.of(without, "sec/op")*1e9))}
	}}
}

func watching() source {
	const ours, bare, unit = "Watch/client=resiltui", "Watch/client=bare", "cpu-us/request"
	return source{benchmarks: []string{ours, bare}, once: true, say: func(f *figures) figure {
		x, y := f.of(ours, unit), f.of(bare, unit)
		return figure{value: x / y, text: fmt.Sprintf("%s × (%s µs a request; bare %s µs)", number(x/y), number(x), number(y))}
	}}
}

const fewSensors, manySensors = "Frame/sensors=5", "Frame/sensors=1000"

func frame() source {
	return source{benchmarks: []string{fewSensors}, say: func(f *figures) figure {
		ms := f.of(fewSensors, "sec/op") * 1e3
		return figure{value: ms, text: number(ms) + " ms"}
	}}
}

func frameOfMany() source {
	return source{benchmarks: []string{fewSensors, manySensors}, say: func(f *figures) figure {
		few, many := f.of(fewSensors, "sec/op")*1e3, f.of(manySensors, "sec/op")*1e3
		return figure{value: many / few, text: fmt.Sprintf("%s × (%s ms; %s ms)", number(many/few), number(many), number(few))}
	}}
}

func flooding() source {
	const name = "Flood"
	return source{benchmarks: []string{name}, once: true, say: func(f *figures) figure {
		p99 := f.of(name, "p99-ms")
		return figure{value: p99, text: fmt.Sprintf("%s ms (median %s ms, %.0f keys; %s events a second; %.1f frames a second, %.2f Updates and %.2f Views each)",
			number(p99), number(f.of(name, "p50-ms")), f.of(name, "keys"), number(f.of(name, "events/s")),
			f.of(name, "frames/s"), f.of(name, "updates/frame"), f.of(name, "views/frame"))}
	}}
}

func painted() source {
	const ours, bare = "Program/paint=resiltui", "Program/paint=bare"
	return source{benchmarks: []string{ours, bare}, once: true, say: func(f *figures) figure {
		ms := f.of(ours, "cpu-ms/frame")
		return figure{value: ms, text: fmt.Sprintf("%s ms (%.0f frames, %.0f bytes each; a bare Bubble Tea program %s ms)",
			number(ms), f.of(ours, "frames"), f.of(ours, "bytes/frame"), number(f.of(bare, "cpu-ms/frame")))}
	}}
}

const paused = "Program/paused=resiltui"

func pausedBytes() source {
	return source{benchmarks: []string{paused}, once: true, say: func(f *figures) figure {
		bytes := f.of(paused, "bytes")
		return figure{value: bytes, text: fmt.Sprintf("%.0f bytes in %v", bytes, watched)}
	}}
}

func pausedCPU() source {
	const empty = "Program/paused=empty"
	return source{benchmarks: []string{paused, empty}, once: true, say: func(f *figures) figure {
		ours, peer := f.of(paused, "cpu-%"), f.of(empty, "cpu-%")
		return figure{value: ours - peer, text: fmt.Sprintf("%+.2f %% (%.2f %%; the empty program %.2f %%)", ours-peer, ours, peer)}
	}}
}

func firstFrame() source {
	const name = "Program/first-frame"
	return source{benchmarks: []string{name}, once: true, say: func(f *figures) figure {
		ms := f.of(name, "p50-ms")
		return figure{value: ms, text: fmt.Sprintf("%s ms (median of %.0f)", number(ms), f.of(name, "starts"))}
	}}
}
