package report

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"resiltui/internal/scenario"
)

// inOrder are faults of a script by sensor, those of one sensor in the order of their
// batches.
func inOrder(list []scenario.ScriptedFault) []scenario.ScriptedFault {
	return slices.SortedStableFunc(slices.Values(list), func(a, b scenario.ScriptedFault) int {
		return cmp.Or(cmp.Compare(a.Sensor, b.Sensor), cmp.Compare(a.First, b.First))
	})
}

// judged are faults of the script that belong to one episode and have one verdict. A
// fault's sensor, kind and batches are the same for every seed, so repeated runs identify
// it by them.
type judged struct {
	faults []scenario.ScriptedFault
	// episode is nil where the run has no verdict on them.
	episode *Episode
}

// name identifies the faults in every run: "S3:crash@5-8 + S3:slow@7-15".
func (j *judged) name() string {
	name := ""
	for i := range j.faults {
		if i > 0 {
			name += " + "
		}
		name += j.faults[i].Text
	}
	return name
}

// planned are the episodes that the script leads to: faults of one sensor that overlap, or
// follow each other without a batch between them, are one episode.
func planned(list []scenario.ScriptedFault) []judged {
	var out []judged
	last := 0 // last batch of the newest episode; 0 is the end of the run
	for _, f := range list {
		n := len(out)
		if n > 0 && out[n-1].faults[0].Sensor == f.Sensor && (last == 0 || f.First <= last+1) {
			out[n-1].faults = append(out[n-1].faults, f)
			if f.Last == 0 || last > 0 && f.Last > last {
				last = f.Last
			}
			continue
		}
		out = append(out, judged{faults: []scenario.ScriptedFault{f}})
		last = f.Last
	}
	return out
}

// judge finds the faults of each verdict. The episodes planned by the script come first,
// with or without a verdict, so that all seeds have the same ones. Then come episodes that
// differ from the plan, where a sensor had not recovered when its next fault began.
func judge(list []scenario.ScriptedFault, r *record, episodes []Episode) []judged {
	list = inOrder(list)
	out := planned(list)
	for i := range r.final.Verdicts {
		v := &r.final.Verdicts[i]
		on := judged{episode: &episodes[i]}
		for _, f := range list {
			if at, ok := r.beganAt(f); ok && f.Sensor == v.Sensor && v.Began <= at && at <= v.Ended {
				on.faults = append(on.faults, f)
			}
		}
		switch at := slices.IndexFunc(out, func(j judged) bool { return slices.Equal(j.faults, on.faults) }); {
		case len(on.faults) == 0: // a verdict on faults that are not from the script
		case at < 0:
			out = append(out, on)
		default:
			out[at] = on
		}
	}
	return out
}

// beganAt is when a fault of the script began; ok is false where it did not begin.
func (r *record) beganAt(f scenario.ScriptedFault) (at time.Duration, ok bool) {
	for i := range r.faults {
		if e := &r.faults[i]; e.Sensor == f.Sensor && e.Batch == f.First && e.Fault.Kind == f.Kind {
			return e.At, true
		}
	}
	return 0, false
}

// figures are those of the verdict; without a verdict they are not known.
func (j *judged) figures() []Figure {
	name, e := j.name(), j.episode
	known := e != nil
	if !known {
		e = &Episode{}
	}
	number := func(what string, n int) Figure {
		return Figure{Name: name + " " + what, Value: float64(n), Known: known}
	}
	seen := Figure{Name: name + " seen after", Unit: "s"}
	if e.SeenAfterSeconds != nil {
		seen.Value, seen.Known = *e.SeenAfterSeconds, true
	}
	return []Figure{
		seen,
		number("attempts", e.Attempts), number("attempts without the breaker", e.AttemptsWithoutBreaker),
		number("refused", e.FastFail), number("served", e.Served),
		{Name: name + " back", Value: e.BackSeconds, Known: known, Unit: "s"},
	}
}

// unjudged lists the faults without a verdict and those that the breaker did not detect,
// with the reason. batches is the length of the run.
func unjudged(list []judged, batches int) []string {
	var out []string
	for i := range list {
		switch j := &list[i]; {
		case j.episode == nil && !j.within(list):
			why := "the sensor was not back by the end of the run"
			if j.lastsToTheEnd(batches) {
				why = "it lasted to the end of the run"
			}
			out = append(out, fmt.Sprintf("There is no verdict on %s: %s.", j.name(), why))
		case j.episode != nil && j.episode.Unseen != "":
			out = append(out, fmt.Sprintf("The breaker did not see %s: %s.", j.name(), j.episode.Unseen))
		}
	}
	return out
}

// lastsToTheEnd says whether one of the faults lasts to the end of a run with this number
// of batches.
func (j *judged) lastsToTheEnd(batches int) bool {
	return slices.ContainsFunc(j.faults, func(f scenario.ScriptedFault) bool { return f.Last == 0 || f.Last >= batches })
}

// within says whether these faults are part of a larger episode of the list.
func (j *judged) within(list []judged) bool {
	return slices.ContainsFunc(list, func(other judged) bool {
		return other.episode != nil && slices.Contains(other.faults, j.faults[0])
	})
}
