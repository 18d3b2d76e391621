package viewstest

import "resiltui/internal/stats/verdict"

// Verdict is the verdict on the crash of S3.
func Verdict() verdict.Verdict {
	return verdict.Verdict{
		Sensor: 3, ID: "S3", Name: "S3 coolant", Labels: []string{"crash"},
		Began: MS(38000), Ended: MS(45000), Over: MS(47600), Batch: 96,
		Seen: true, SeenAfter: MS(2200), SeenCalls: 5, SeenAttempts: 15,
		Attempts: 18, Avoided: 24, FastFail: 12, FastFailWhileWell: 4,
		Served: 18, FastFailServed: 12, Oldest: MS(9000), Judged: 18, Off: 0.0151, Back: MS(2600),
	}
}

// UnseenVerdict is the verdict on a fault of an endpoint that no policy can notice.
func UnseenVerdict() verdict.Verdict {
	return verdict.Verdict{
		Labels: []string{"corrupt", "slow +150 ms", "errors 50 %"}, MoreFaults: 2, Ended: MS(125000),
		Why:      "the values were wrong, and no policy can see that",
		Attempts: 1, Avoided: 3, AvoidedAtMost: true, FastFail: 1, Served: 1, FastFailServed: 1, Oldest: MS(400),
		Wrong: 14, WrongOff: 411.84, Back: MS(90),
		Operator: []string{"you pressed o: forced open 1.2 s in", "you pressed u: reset 3.0 s in"}, MoreActs: 2,
	}
}
