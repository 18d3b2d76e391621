package scenario

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/words"
)

// faultForm is how a fault of a script is written.
const faultForm = "SENSOR:KIND@FROM or SENSOR:KIND@FROM-TO, such as S3:crash@5-15"

// maxBatch is the last batch that a script may name.
const maxBatch = 1_000_000_000

// scripted is a fault of a script: active in the batches from first to last, both
// of them included. last is 0 where it lasts to the end of the run.
type scripted struct {
	text        string // as it was written, clean
	sensor      int
	kind        fault.Number
	first, last int
}

// FaultScript turns faults, each written
//
//	S3:crash@5-15    the sensor's fault of this kind, in batches 5 to 15
//	S3:crash@5       from batch 5 to the end of the run
//
// into the commands that begin and end them. They have the kind's default
// parameters (fault.Default). An id may contain ":" or "@". batches is where
// the run ends, 0 for never. The error names what is wrong, and what is allowed
// or the nearest name.
func (s *Scenario) FaultScript(faults []string, batches int) ([]engine.Scripted, error) {
	list := make([]scripted, 0, len(faults))
	for _, text := range faults {
		f, err := s.fault(text, batches)
		if err != nil {
			return nil, err
		}
		for _, other := range list {
			if f.meets(other) {
				return nil, fmt.Errorf("%s: overlaps %s; a sensor has one fault of a kind at a time", f.text, other.text)
			}
		}
		list = append(list, f)
	}
	var script []engine.Scripted
	add := func(batch int, op event.Op, f scripted) {
		script = append(script, engine.Scripted{Batch: batch, Command: event.Command{
			Op: op, Sensors: []int{f.sensor}, Fault: fault.Default(f.kind), By: "--fault",
		}})
	}
	// All ends before all starts, so that a fault can follow another of its
	// kind at once.
	for _, f := range list {
		if f.last > 0 {
			add(f.last+1, event.EndFault, f)
		}
	}
	for _, f := range list {
		add(f.first, event.Inject, f)
	}
	slices.SortStableFunc(script, func(a, b engine.Scripted) int { return cmp.Compare(a.Batch, b.Batch) })
	return script, nil
}

// meets is true where two faults overlap: same sensor, same kind and a common
// batch.
func (f scripted) meets(other scripted) bool {
	if f.sensor != other.sensor || f.kind != other.kind {
		return false
	}
	before := func(a, b scripted) bool { return a.last > 0 && a.last < b.first }
	return !before(f, other) && !before(other, f)
}

// fault reads one fault.
func (s *Scenario) fault(text string, batches int) (scripted, error) {
	f := scripted{text: words.Clean(text, 60)}
	// The last "@" and ":", because an id may contain them too.
	at := strings.LastIndexByte(text, '@')
	colon := strings.LastIndexByte(text[:max(at, 0)], ':')
	if colon < 1 {
		return f, fmt.Errorf("%q is no fault; write %s", f.text, faultForm)
	}
	var err error
	if f.sensor, err = s.index(text[:colon]); err == nil {
		f.kind, err = faultKind(text[colon+1 : at])
	}
	if err == nil {
		f.first, f.last, err = batchRange(text[at+1:], batches)
	}
	if err != nil {
		return f, fmt.Errorf("%s: %w", f.text, err)
	}
	return f, nil
}

// index finds a sensor by its id.
func (s *Scenario) index(id string) (int, error) {
	ids := make([]string, len(s.Sensors))
	for i := range s.Sensors {
		if ids[i] = s.Sensors[i].Info.ID; ids[i] == id {
			return i, nil
		}
	}
	return 0, fmt.Errorf("unknown sensor %q in scenario %s%s; its sensors are: %s",
		words.Clean(id, 40), s.Name, DidYouMean(id, ids), strings.Join(ids, ", "))
}

// faultKind finds a kind by its name, or by what the screen calls it ("black-hole").
func faultKind(name string) (fault.Number, error) {
	var titles, names []string
	for _, k := range fault.Kinds() {
		title := strings.ReplaceAll(k.Title, " ", "-")
		if name == k.Name || name == title {
			return k.Number, nil
		}
		if title != k.Name {
			titles = append(titles, title)
		}
		names = append(names, k.Name)
	}
	names = append(titles, names...)
	return 0, fmt.Errorf("unknown fault %q%s; the faults are: %s",
		words.Clean(name, 40), DidYouMean(name, names), strings.Join(names, ", "))
}

// batchRange reads FROM or FROM-TO.
func batchRange(text string, batches int) (first, last int, err error) {
	most := maxBatch
	if batches > 0 {
		most = batches
	}
	from, to, limited := strings.Cut(text, "-")
	if first, err = batchNumber(from, most); err != nil || !limited {
		return first, 0, err
	}
	// The end may come after that of the run.
	if last, err = batchNumber(to, maxBatch); err == nil && last < first {
		err = fmt.Errorf("it ends with batch %d, before it begins with batch %d", last, first)
	}
	return first, last, err
}

// LastBatch is the last batch that faults of a script name, as FaultScript reads
// them; 0 where there is none. A text that is no fault is left out.
func LastBatch(faults []string) int {
	last := 0
	for _, text := range faults {
		if from, to, err := batchRange(text[strings.LastIndexByte(text, '@')+1:], 0); err == nil {
			last = max(last, from, to)
		}
	}
	return last
}

func batchNumber(text string, most int) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > most {
		return 0, fmt.Errorf("batch %q: must be a whole number from 1 to %d", words.Clean(text, 40), most)
	}
	return n, nil
}
