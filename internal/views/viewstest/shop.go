package viewstest

import (
	"fmt"
	"math"
	"time"
)

// The endpoints of a shop, watched from 02:00:00 to 03:07:42: one is well, one grows
// slower, one answers 503 and did so an hour ago, one hangs, and one tells a value.

// ShopMoment is how long the shop has been watched.
const ShopMoment = time.Hour + 7*time.Minute + 42*time.Second

// ShopStart is when it began.
func ShopStart() time.Time {
	return time.Date(2026, time.November, 26, 2, 0, 0, 0, time.FixedZone("CET", 3600))
}

// Shop is the five endpoints at that moment.
func Shop(beside bool) Watched { return Watch(ShopStart(), ShopMoment, beside, shop()...) }

func shop() []Endpoint {
	return []Endpoint{
		{Name: "edge", Interval: 2 * time.Second, Answer: func(at time.Duration) Answer {
			a := steady(22*time.Millisecond, at)
			if at == 32*time.Minute {
				a.Err = "connection reset"
			}
			return a
		}},
		{Name: "search", Interval: 5 * time.Second, Phase: time.Second, Answer: growing},
		{Name: "checkout", Interval: 5 * time.Second, Answer: func(at time.Duration) Answer {
			a := steady(41*time.Millisecond, at)
			if during(at, 20*time.Minute, 50*time.Second) || at >= 65*time.Minute+15*time.Second {
				a.Err = "503 Service Unavailable"
			}
			return a
		}},
		{Name: "orders-db", Interval: 5 * time.Second, Phase: 3 * time.Second, Answer: func(at time.Duration) Answer {
			if at >= 65*time.Minute+3*time.Second {
				return Answer{Took: 2 * time.Second, Err: "no answer within 2 s"}
			}
			return steady(840*time.Microsecond, at)
		}},
		{Name: "queue", Unit: "jobs", Interval: 5 * time.Second, Phase: 4 * time.Second, Answer: queue},
	}
}

// ManyWatched is n endpoints of which three are down, one flaps, one is slow and the others are
// well, as the rows of a shop.
func ManyWatched(n int, beside bool) Watched {
	some := shop()
	some[4], some[0] = some[0], some[4]
	out := make([]Endpoint, 0, n)
	for i := range n {
		interval := 5 * time.Second
		e := Endpoint{Name: fmt.Sprintf("api-%d", i+1), Interval: 30 * time.Second, Phase: time.Duration(i%30) * time.Second}
		usual := time.Duration(float64(700*time.Microsecond) * math.Pow(1.6, float64(i%13)))
		e.Answer = func(at time.Duration) Answer { return steady(usual, at) }
		switch {
		case i < 2:
			e = some[i+2]
		case i == 4:
			e.Name, e.Interval = "cart", interval
			e.Answer = func(at time.Duration) Answer {
				a := steady(39*time.Millisecond, at)
				for k := range 4 {
					if during(at, 58*time.Minute+time.Duration(k)*2*time.Minute, 10*time.Second) {
						a.Err = "502 Bad Gateway"
					}
				}
				return a
			}
		case i == 6:
			e.Name, e.Interval = "backup-age", 10*time.Second
			e.Answer = func(at time.Duration) Answer {
				a := steady(138*time.Millisecond, at)
				if at >= 44*time.Minute+37*time.Second {
					a.Err = "exit 1"
				}
				return a
			}
		case i == 8:
			e = some[1]
		case i == 9:
			e = some[0]
		case i == 11:
			e = some[4]
		}
		out = append(out, e)
	}
	return Watch(ShopStart(), ShopMoment, beside, out...)
}

// during is true in the time from a moment on for so long.
func during(at, from, lasting time.Duration) bool { return at >= from && at < from+lasting }

// steady is an answer that takes about as long each time, ten per cent more or less.
func steady(took, at time.Duration) Answer {
	step := int64(at/time.Second) * 7919 % 21
	took = took * time.Duration(90+step) / 100
	return Answer{Took: took, Value: float64(took) / float64(time.Millisecond)}
}

// growing is 75 ms until 02:52:52, and then grows by a third a hundred seconds: from
// 03:06:01 on it is above 1 s.
func growing(at time.Duration) Answer {
	const slow = 66*time.Minute + time.Second
	took := 1001 * math.Exp(0.003282*(at-slow).Seconds())
	if took < 75 {
		return steady(75*time.Millisecond, at)
	}
	return Answer{Took: time.Duration(took * float64(time.Millisecond)), Value: took}
}

// queue tells how many jobs wait: 196, and from 03:05:20 on 11 more each second.
func queue(at time.Duration) Answer {
	const full = 65*time.Minute + 20*time.Second
	a := steady(14*time.Millisecond, at)
	a.Value = math.Round(196 + 11.45*max(at-full, 0).Seconds())
	return a
}
