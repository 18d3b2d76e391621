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

// ScriptedFault is a fault of a script.
type ScriptedFault struct {
	// Text is the fault as it was written, cleaned: "S3:crash@5-15".
	Text string
	// Sensor is the sensor's place in the scenario.
	Sensor int
	Kind   fault.Number
	// First and Last are the batches, from 1, between which it is active, both
	// included. Last is 0 where it lasts to the end of the run.
	First, Last int
}

// ScriptedFaults reads faults, each written
//
//	S3:crash@5-15    the sensor's fault of this kind, in batches 5 to 15
//	S3:crash@5       from batch 5 to the end of the run
//
// An id may contain ":" or "@". batches is where the run ends, 0 for never. The
// error names what is wrong, and what is allowed or the nearest name.
func (s *Scenario) ScriptedFaults(faults []string, batches int) ([]ScriptedFault, error) {
	list := make([]ScriptedFault, 0, len(faults))
	for _, text := range faults {
		f, err := s.fault(text, batches)
		if err != nil {
			return nil, err
		}
		for _, other := range list {
			if f.meets(other) {
				return nil, fmt.Errorf("%s: overlaps %s; a sensor has one fault of a kind at a time", f.Text, other.Text)
			}
		}
		list = append(list, f)
	}
	return list, nil
}

// FaultScript returns the commands that begin and end the faults that ScriptedFaults
// reads; its errors are those of ScriptedFaults.
func (s *Scenario) FaultScript(faults []string, batches int) ([]engine.Scripted, error) {
	list, err := s.ScriptedFaults(faults, batches)
	if err != nil {
		return nil, err
	}
	return ScriptOf(list), nil
}

// ScriptOf returns the commands that begin and end faults, in the order of their
// batches. The faults have the default parameters of their kind (fault.Default).
func ScriptOf(list []ScriptedFault) []engine.Scripted {
	var script []engine.Scripted
	add := func(batch int, op event.Op, f ScriptedFault) {
		script = append(script, engine.Scripted{Batch: batch, Command: event.Command{
			Op: op, Sensors: []int{f.Sensor}, Fault: fault.Default(f.Kind), By: "--fault",
		}})
	}
	// All ends before all starts, so that a fault can follow another of its
	// kind at once.
	for _, f := range list {
		if f.Last > 0 {
			add(f.Last+1, event.EndFault, f)
		}
	}
	for _, f := range list {
		add(f.First, event.Inject, f)
	}
	slices.SortStableFunc(script, func(a, b engine.Scripted) int { return cmp.Compare(a.Batch, b.Batch) })
	return script
}

// meets is true where two faults overlap: same sensor, same kind and a common
// batch.
func (f ScriptedFault) meets(other ScriptedFault) bool {
	if f.Sensor != other.Sensor || f.Kind != other.Kind {
		return false
	}
	before := func(a, b ScriptedFault) bool { return a.Last > 0 && a.Last < b.First }
	return !before(f, other) && !before(other, f)
}

// fault reads one fault.
func (s *Scenario) fault(text string, batches int) (ScriptedFault, error) {
	f := ScriptedFault{Text: words.Clean(text, 60)}
	// The last "@" and ":", because an id may contain them too.
	at := strings.LastIndexByte(text, '@')
	colon := strings.LastIndexByte(text[:max(at, 0)], ':')
	if colon < 1 {
		return f, fmt.Errorf("%q is no fault; write %s", f.Text, faultForm)
	}
	var err error
	if f.Sensor, err = s.index(text[:colon]); err == nil {
		f.Kind, err = faultKind(text[colon+1 : at])
	}
	if err == nil {
		f.First, f.Last, err = batchRange(text[at+1:], batches)
	}
	if err != nil {
		return f, fmt.Errorf("%s: %w", f.Text, err)
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

// LastBatch is the last batch that faults of a script name, as ScriptedFaults
// reads them; 0 where there is none. A text that is no fault is left out.
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
