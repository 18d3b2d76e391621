package event

import (
	"cmp"
	"time"

	"resiltui/internal/engine/health"
)

// The shapes of the lines. Times are whole nanoseconds of the run's clock; an empty
// payload is left out.
type logHeader struct {
	Format   string            `json:"format"`
	Version  int               `json:"version"`
	Program  string            `json:"program"`
	Source   string            `json:"source"`
	Clock    string            `json:"clock"`
	Start    string            `json:"start,omitempty"` // where there are dates
	Scenario string            `json:"scenario"`
	Seed     uint64            `json:"seed"`
	Settings map[string]string `json:"settings"`
}

type logLine struct {
	Seq    uint64        `json:"seq,omitempty"` // from 1
	At     time.Duration `json:"atNanoseconds"`
	Date   string        `json:"at,omitempty"` // where there are dates
	Batch  int           `json:"batch"`
	Sensor string        `json:"sensor,omitempty"`
	Kind   string        `json:"kind"`
	Lost   uint64        `json:"lost,omitempty"`
	Run    *logRun       `json:"run,omitempty"`
	Call   *logCall      `json:"call,omitempty"`
	Change *logChange    `json:"change,omitempty"`
	Fault  *logFault     `json:"fault,omitempty"`
	Did    *logCommand   `json:"command,omitempty"`
	Round  *logRound     `json:"round,omitempty"`
	Tuned  *logTuned     `json:"tuned,omitempty"`
	Health *logHealth    `json:"health,omitempty"`
	End    *logEnd       `json:"end,omitempty"`
}

type logRun struct {
	Scenario string            `json:"scenario"`
	Seed     uint64            `json:"seed"`
	Interval time.Duration     `json:"intervalNanoseconds"`
	Batches  int               `json:"batches,omitempty"` // left out where it has no end
	Callers  int               `json:"callers"`
	Naive    bool              `json:"naive"`
	Settings map[string]string `json:"settings"`
	// Where a sensor is real.
	Beside     bool           `json:"beside,omitempty"`
	Thresholds *logThresholds `json:"thresholds,omitempty"`
	Sensors    []logSensor    `json:"sensors"`
}

type logThresholds struct {
	Slow            time.Duration `json:"slowNanoseconds"`
	SlowAnswers     int           `json:"slowAnswers"`
	OutageAfter     int           `json:"outageAfter"`
	FlappingOutages int           `json:"flappingOutages"`
	FlappingWithin  time.Duration `json:"flappingWithinNanoseconds"`
}

type logHealth struct {
	From      string        `json:"from"`
	To        string        `json:"to"`
	Since     time.Duration `json:"sinceNanoseconds"`
	Cause     string        `json:"cause,omitempty"`
	Calls     int           `json:"calls,omitempty"`
	Slowest   time.Duration `json:"slowestNanoseconds,omitempty"`
	Began     time.Duration `json:"beganNanoseconds,omitempty"` // of the outage that is over
	PlusMinus time.Duration `json:"plusMinusNanoseconds,omitempty"`
}

type logSensor struct {
	ID       string        `json:"id"`
	Name     string        `json:"name,omitempty"`
	Unit     string        `json:"unit,omitempty"`
	Decimals int           `json:"decimals"`
	Real     bool          `json:"real"`
	Draws    string        `json:"draws,omitempty"`
	Nature   string        `json:"nature,omitempty"`
	Remark   string        `json:"remark,omitempty"`
	Interval time.Duration `json:"intervalNanoseconds,omitempty"`
	State    string        `json:"state"`
}

type logChange struct {
	From     string        `json:"from"`
	To       string        `json:"to"`
	Reason   string        `json:"reason"`
	OpenFor  time.Duration `json:"openForNanoseconds,omitempty"`
	Count    int           `json:"count"`
	Sample   *logSample    `json:"sample,omitempty"`
	Limit    *float64      `json:"limit,omitempty"`
	Cause    string        `json:"cause,omitempty"`
	First    int           `json:"firstBatch"`
	Last     int           `json:"lastBatch"`
	Attempts int           `json:"attempts"`
	By       string        `json:"by,omitempty"`
	Round    int           `json:"round,omitempty"`
	Opened   time.Duration `json:"openedNanoseconds,omitempty"`
	Circuit  logCircuit    `json:"circuit"`
}

type logFault struct {
	Kind   string        `json:"kind"`
	Label  string        `json:"label"`
	By     string        `json:"by"`
	Start  time.Duration `json:"startNanoseconds"`
	Until  time.Duration `json:"untilNanoseconds,omitempty"` // left out where it does not end by itself
	Lasted time.Duration `json:"lastedNanoseconds,omitempty"`
	Wrong  bool          `json:"wrongValues"`
	Rate   float64       `json:"rate,omitempty"`
	Extra  time.Duration `json:"extraNanoseconds,omitempty"`
	Period time.Duration `json:"periodNanoseconds,omitempty"`
	Count  int           `json:"count,omitempty"`
	Factor float64       `json:"factor,omitempty"`
	Cap    time.Duration `json:"capNanoseconds,omitempty"`
}

type logCommand struct {
	Text   string   `json:"text,omitempty"`
	Paused *bool    `json:"paused,omitempty"`
	Speed  *float64 `json:"speed,omitempty"`
}

type logEnd struct {
	Reason string `json:"reason"`
}

type logTuned struct {
	Text     string            `json:"text"`
	By       string            `json:"by"`
	Differs  bool              `json:"differs"`
	Settings map[string]string `json:"settings"`
}

type logRound struct {
	Took           time.Duration `json:"tookNanoseconds"`
	Delivered      bool          `json:"delivered"`
	NaiveTook      time.Duration `json:"naiveTookNanoseconds"`
	NaiveDelivered bool          `json:"naiveDelivered"`
}

func headerOf(r *Run, program string) logHeader {
	h := logHeader{
		Format: LogFormat, Version: LogVersion, Program: cmp.Or(program, "resiltui"), Source: "simulation", Clock: "virtual",
		Scenario: r.Scenario, Seed: r.Seed, Settings: settingsOf(r),
	}
	for i := range r.Sensors {
		if r.Sensors[i].Real {
			h.Source = "endpoints"
		}
	}
	if !r.Start.IsZero() {
		h.Clock, h.Start = "wall", r.Start.Format(time.RFC3339Nano)
	}
	return h
}

// settingsOf returns all settings of a run under their names on the command line: the
// policy of the first sensor under policy., and under sensors.ID. the policy settings
// in which another sensor differs and the sensor's own settings.
func settingsOf(r *Run) map[string]string {
	all := map[string]string{"interval": r.Interval.String()}
	for i := range r.Sensors {
		s := &r.Sensors[i]
		own := "sensors." + s.ID + "."
		for name, value := range s.Policy.Values() {
			name = "policy." + name
			switch common, ok := all[name]; {
			case !ok:
				all[name] = value
			case common != value:
				all[own+name] = value
			}
		}
		if s.Interval > 0 && s.Interval != r.Interval {
			all[own+"interval"] = s.Interval.String()
		}
		for name, value := range s.Settings {
			all[own+name] = value
		}
	}
	return all
}

// line is the line of an event.
func (l *Log) line(e *Event) logLine {
	out := logLine{Seq: e.Seq, At: e.At, Date: l.date(e.At), Batch: e.Batch, Kind: e.Kind.String()}
	if l.run != nil && e.Sensor >= 0 && e.Sensor < len(l.run.Sensors) {
		out.Sensor = l.run.Sensors[e.Sensor].ID
	}
	switch e.Kind {
	case RunStarted:
		out.Run = runLine(e.Run)
	case CallEnded:
		out.Call = callLine(&e.Call, l.attemptsOf(e.Sensor))
	case StateChanged:
		out.Change = changeLine(e.Change)
	case FaultBegan, FaultEnded:
		out.Fault = faultLine(e.Fault)
	case CommandTaken:
		paused, speed := l.newPace(e.Taken)
		out.Did = &logCommand{e.Taken.Text, paused, speed}
	case RunEnded:
		out.End = &logEnd{e.Taken.Text}
	case PolicyChanged:
		settings := map[string]string{}
		for name, value := range e.Tuned.Policy.Values() {
			settings["policy."+name] = value
		}
		out.Tuned = &logTuned{e.Tuned.Text, e.Tuned.By, e.Tuned.Differs, settings}
	case HealthChanged:
		h := e.Health
		out.Health = &logHealth{h.From.String(), h.To.String(), h.Since, h.Cause, h.Calls, h.Slowest, h.Began, h.PlusMinus}
	case BatchEnded:
		r := e.Round
		out.Round = &logRound{r.Took, r.Delivered, r.NaiveTook, r.NaiveDelivered}
	}
	return out
}

func runLine(r *Run) *logRun {
	out := &logRun{
		Scenario: r.Scenario, Seed: r.Seed, Interval: r.Interval, Batches: r.Batches, Callers: max(r.Callers, 1), Naive: r.Naive,
		Settings: settingsOf(r), Sensors: make([]logSensor, len(r.Sensors)), Beside: r.Beside,
	}
	if r.Thresholds != (health.Thresholds{}) {
		out.Thresholds = new(logThresholds(r.Thresholds))
	}
	for i := range r.Sensors {
		s := &r.Sensors[i]
		out.Sensors[i] = logSensor{
			ID: s.ID, Name: s.Name, Unit: s.Unit, Decimals: s.Decimals, Real: s.Real, Draws: s.Draws, Nature: s.Nature, Remark: s.Remark,
			Interval: s.Interval, State: s.Initial.State.String(),
		}
	}
	return out
}

func changeLine(c *Change) *logChange {
	out := &logChange{
		From: c.From.String(), To: c.To.String(), Reason: c.Reason.String(),
		OpenFor: c.OpenFor, Count: c.Count, Sample: sampleLine(c.Sample), Cause: c.Cause,
		First: c.FirstBatch, Last: c.LastBatch, Attempts: c.Attempts, By: c.By, Round: c.Round, Opened: c.Opened, Circuit: circuitLine(&c.Circuit),
	}
	if c.Limit != 0 {
		out.Limit = number(c.Limit)
	}
	return out
}

func faultLine(f *Fault) *logFault {
	return &logFault{
		Kind: f.Kind.String(), Label: f.Label, By: f.By, Start: f.Start, Until: f.Until, Lasted: f.Lasted, Wrong: f.Kind.WrongValue(),
		Rate: f.Rate, Extra: f.Extra, Period: f.Period, Count: f.Count, Factor: f.Factor, Cap: f.Cap,
	}
}
