package report

import (
	"strings"

	"resiltui/internal/report/render"
)

// Episode is the verdict on one episode of injected faults; docs/verdict.md
// defines the figures.
type Episode struct {
	Sensor       string   `json:"sensor"`
	Faults       []string `json:"faults"`
	BeganSeconds float64  `json:"beganSeconds"`
	EndedSeconds float64  `json:"endedSeconds"`
	BackSeconds  float64  `json:"backSeconds"`
	// SeenAfterSeconds is null where the breaker did not open the circuit. Unseen
	// then says why; otherwise it is empty.
	SeenAfterSeconds       *float64 `json:"seenAfterSeconds"`
	SeenCalls              int      `json:"seenCalls"`
	SeenAttempts           int      `json:"seenAttempts"`
	Unseen                 string   `json:"unseen"`
	Attempts               int      `json:"attempts"`
	AttemptsWithoutBreaker int      `json:"attemptsWithoutBreaker"`
	AtMost                 bool     `json:"attemptsWithoutBreakerAtMost"`
	FastFail               int      `json:"refused"`
	FastFailWhileWell      int      `json:"refusedWhileWell"`
	Served                 int      `json:"served"`
	FastFailServed         int      `json:"servedToRefused"`
	OldestSeconds          *float64 `json:"oldestServedSeconds"`
	// Off and WrongOff are null where no served value could be compared with the
	// true value.
	Off        *float64 `json:"servedOff"`
	Wrong      int      `json:"wrongValues"`
	WrongOff   *float64 `json:"wrongValuesOff"`
	Unit       string   `json:"unit"`
	ByOperator []string `json:"operator"`
}

// episodes are the verdicts for JSON; never null.
func episodes(r *record) []Episode {
	list := make([]Episode, 0, len(r.final.Verdicts))
	for i := range r.final.Verdicts {
		v := &r.final.Verdicts[i]
		e := Episode{
			Sensor: v.ID, Faults: append([]string{}, v.Labels...), Unit: r.run.Sensors[v.Sensor].Unit,
			BeganSeconds: seconds(v.Began), EndedSeconds: seconds(v.Ended), BackSeconds: seconds(v.Back),
			SeenCalls: v.SeenCalls, SeenAttempts: v.SeenAttempts, Unseen: v.Why,
			Attempts: v.Attempts, AttemptsWithoutBreaker: v.Without(), AtMost: v.AvoidedAtMost,
			FastFail: v.FastFail, FastFailWhileWell: v.FastFailWhileWell, Served: v.Served, FastFailServed: v.FastFailServed, Wrong: v.Wrong,
			ByOperator: append([]string{}, v.Operator...),
		}
		if v.Seen {
			e.SeenAfterSeconds = ptr(seconds(v.SeenAfter))
		}
		if v.Served > 0 {
			e.OldestSeconds = ptr(seconds(v.Oldest))
		}
		if v.Judged > 0 {
			e.Off = ptr(v.Off)
		}
		if v.Wrong > 0 {
			e.WrongOff = ptr(v.WrongOff)
		}
		list = append(list, e)
	}
	return list
}

// episodeSection shows the verdicts to people, and says why some faults have
// none.
func (r *PipelineReport) episodeSection() render.Section {
	t := render.Table{Name: "episodes", Columns: []render.Column{
		{Title: "sensor", Key: "sensor"},
		{Title: "faults", Key: "faults"},
		{Title: "seen after", Key: "seenAfterSeconds", Right: true},
		{Title: "attempts", Key: "attempts", Right: true},
		{Title: "without", Key: "attemptsWithoutBreaker", Right: true},
		{Title: "refused", Key: "refused", Right: true},
		{Title: "well", Key: "refusedWhileWell", Right: true, Spare: true},
		{Title: "served", Key: "served", Right: true},
		{Title: "oldest", Key: "oldestServedSeconds", Right: true, Spare: true},
		{Title: "back", Key: "backSeconds", Right: true},
	}}
	for i := range r.Episodes {
		e := &r.Episodes[i]
		t.Rows = append(t.Rows, []render.Cell{
			text(e.Sensor), text(strings.Join(e.Faults, " + ")), secondsCell(e.SeenAfterSeconds, 1),
			count(e.Attempts), count(e.AttemptsWithoutBreaker), count(e.FastFail), count(e.FastFailWhileWell),
			count(e.Served), secondsCell(e.OldestSeconds, 1), secondsCell(&e.BackSeconds, 1),
		})
	}
	out := render.Section{Title: "Verdicts", Conclusion: unjudged(r.judged, len(r.Batches))}
	if len(t.Rows) == 0 {
		return out
	}
	out.Tables = []render.Table{t}
	out.Prose = []string{"What the policies made of each injected fault. Without: attempts that would have been sent without the breaker. Well: calls refused after the fault had ended. Back: from its end to the first live value with the circuit closed."}
	return out
}
