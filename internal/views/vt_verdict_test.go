package views

import "resiltui/internal/stats"

// fixtureVerdict is that of S3's crash.
func fixtureVerdict() stats.Verdict {
	return stats.Verdict{
		Sensor: 3, ID: "S3", Name: "S3 coolant", Labels: []string{"crash"},
		Began: ms(38000), Ended: ms(45000), Over: ms(47600), Batch: 96,
		Seen: true, SeenAfter: ms(2200), SeenCalls: 5, SeenAttempts: 15,
		Attempts: 18, Unsent: 24, Refused: 12, RefusedWell: 4,
		Served: 18, Oldest: ms(9000), Judged: 18, Off: 0.0151, Back: ms(2600),
	}
}

// unseenVerdict is that of a fault that no policy can see, on an endpoint.
func unseenVerdict() stats.Verdict {
	return stats.Verdict{
		Labels: []string{"corrupt", "slow +150 ms", "errors 50 %"}, MoreFaults: 2, Ended: ms(125000),
		Why:      "the values were wrong, and no policy can see that",
		Attempts: 1, Unsent: 3, UnsentAtMost: true, Refused: 1, Served: 1, Oldest: ms(400),
		Wrong: 14, WrongOff: 411.84, Back: ms(90),
		Operator: []string{"you pressed o: forced open 1.2 s in", "you pressed u: reset 3.0 s in"}, MoreActs: 2,
	}
}
