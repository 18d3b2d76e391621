package faults

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"resiltui/internal/model/dialog"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/words"
)

// activeFault is an active fault, and the names of the sensors that have it.
type activeFault struct {
	fault fault.Fault
	on    []string
}

// activeOn are the active faults of the target, one for each kind.
func activeOn(v dialog.View) []activeFault {
	var out []activeFault
	for i := range v.Snap.Sensors {
		s := &v.Snap.Sensors[i]
		if !v.Target.All && s.Index != v.Target.Selected {
			continue
		}
		for _, f := range s.Active {
			k := slices.IndexFunc(out, func(a activeFault) bool { return a.fault.Kind == f.Kind })
			if k < 0 {
				out, k = append(out, activeFault{fault: f}), len(out)
			}
			out[k].on = append(out[k].on, dialog.SensorName(s.Sensor))
		}
	}
	return out
}

// left is the remaining time of a fault in words, rounded up; empty where it has no
// end.
func left(f *fault.Fault, now time.Duration) string {
	if f.Until == 0 {
		return ""
	}
	d := max(f.Until-now, 0)
	return fmt.Sprintf("%d s", (d+time.Second-1)/time.Second)
}

// activeText lists the active faults in words.
func activeText(v dialog.View, list []activeFault) string {
	var parts []string
	for i := range list {
		a := &list[i]
		text := a.fault.Label()
		if v.Target.All {
			text += " on " + words.List(a.on)
		} else if l := left(&a.fault, v.Now); l != "" {
			text += ", " + l + " left"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// activeMark says that a kind is active: for how long, or on how many sensors.
func activeMark(v dialog.View, list []activeFault, kind fault.Number) string {
	for i := range list {
		a := &list[i]
		switch {
		case a.fault.Kind != kind:
		case v.Target.All:
			return fmt.Sprintf("%d/%d", len(a.on), v.Total())
		case a.fault.Until > 0:
			return left(&a.fault, v.Now)
		default:
			return "on"
		}
	}
	return ""
}
