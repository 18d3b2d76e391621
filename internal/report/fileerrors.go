package report

import (
	"fmt"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/retry"
	"resiltui/internal/scenario"
	"resiltui/internal/words"
)

// fileErrors counts the attempts of readLocalFile: those that failed with its own
// error, which is not retried, and those that failed with any other error.
type fileErrors struct {
	calls, retried int
	// notFound counts the attempts that failed with not-found. delayed counts those of
	// them that were not returned to the caller at once, because another attempt or a
	// wait followed. others counts the attempts that failed with another error.
	notFound, delayed, others int
	// wait is the wait before the first retry, without jitter; 0 is none.
	wait time.Duration
}

// fileErrorsOf counts from the calls themselves, not from the registry.
func fileErrorsOf(calls []event.Event, p retry.Policy) fileErrors {
	out := fileErrors{calls: len(calls)}
	if p.MaxAttempts > 1 {
		out.wait = p.Delay(1, 0, 1)
	}
	for i := range calls {
		c := &calls[i].Call
		if c.Attempts > 1 {
			out.retried++
		}
		for k, try := range c.Tries {
			switch {
			case try.Err == "":
			case try.Err != scenario.NotFoundText:
				out.others++
			default:
				out.notFound++
				if k+1 < c.Attempts || calls[i].At > try.Start+try.Took {
					out.delayed++
				}
			}
		}
	}
	return out
}

// checks verify that readLocalFile was never retried, and that each not-found error was
// returned at once.
func (f *fileErrors) checks() []Check {
	return []Check{
		{
			Name: scenario.ReadLocalFile + " was never retried", Pass: f.retried == 0,
			Detail: fmt.Sprintf("%d of %s had more than one attempt", f.retried, words.Counted(f.calls, "call")),
		},
		{
			Name: "each of its not-found errors came out at once", Pass: f.delayed == 0,
			Detail: fmt.Sprintf("%s, %d after a wait or another attempt; %s", words.Counted(f.notFound, "not-found error"), f.delayed, words.Counted(f.others, "other error")),
		},
	}
}

// words state the conclusion from the checks.
func (f *fileErrors) words() string {
	rule := scenario.ReadLocalFile + " retries timeouts only."
	later := "a moment"
	if f.wait > 0 {
		later = words.Spoken(f.wait)
	}
	var out string
	switch {
	case f.delayed > 0:
		return fmt.Sprintf("%s was meant to retry timeouts only, but %d of %s were held back.",
			scenario.ReadLocalFile, f.delayed, words.Counted(f.notFound, "not-found error"))
	case f.notFound == 0:
		out = rule + " No call met a file that was not found."
	default:
		out = rule + " A file that is not there will not be there " + later + " later, so its error goes straight to the caller: no attempt and no wait is spent on it."
	}
	if f.retried > 0 {
		out += fmt.Sprintf(" %s %s retried all the same, after other errors.", words.Counted(f.retried, "call"), was(f.retried))
	}
	return out
}

func was(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}
