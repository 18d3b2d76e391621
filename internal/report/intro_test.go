package report

import (
	"strings"
	"testing"
)

// An introduction tells the settings in force, and those of each sensor.
func TestTheIntroductionsTellTheSettingsOfEachSensor(t *testing.T) {
	const pipelineRest = "a circuit that opens after 5 failed calls in a row for 3 s and closes after 2 good probes, and last-known-good as fallback"
	for _, c := range []struct {
		name string
		set  []string
		want string
	}{
		{"retry", nil, "Four functions, 20 calls each. Up to 3 attempts with waits of 50 ms and 100 ms. Seed 42."},
		{"retry", []string{"policy.retry.attempts=1"}, "20 calls each. One attempt. Seed"},
		{"retry", []string{"policy.timeout=60ms", "policy.retry.jitter=full"}, "Up to 3 attempts, each within 60 ms, with waits of up to 50 ms and 100 ms."},
		{"retry", []string{"sensors.queryDatabase.policy.retry.attempts=2"}, "queryDatabase: up to 2 attempts with waits of 50 ms; the others: up to 3 attempts with waits of 50 ms and 100 ms."},
		{"breaker", nil, "30 calls of a service, one every 0.5 s, behind a breaker that opens after 3 failures in a row and lets a probe through 1 s later. N good probes in a row close it."},
		{"breaker", []string{"policy.breaker.off=true"}, "behind a breaker that is off."},
		{"breaker", []string{"policy.breaker.openJitter=0.5"}, "lets a probe through 1 s to 1.5 s later."},
		{"breaker", []string{"policy.retry.attempts=3", "policy.timeout=20ms"}, "1 s later, each call with up to 3 attempts, each within 20 ms, with waits of"},
		{"breaker", []string{"sensors.N=2.policy.breaker.openFor=2s"}, "behind N=2: a breaker that opens after 3 failures in a row and lets a probe through 2 s later; the others: a breaker that opens"},
		{"breaker", []string{"sensors.N=1.fail=0.5", "sensors.N=2.fail=0.5"}, "Beside the crash, 50 % of the requests of N=1 and N=2 fail by chance."},
		{"strategies", nil, "Five sensors, 10 batches, once with each strategy on the very same failures and values. S1 and S3 fail 80 % of the time; the others fail 10 % of the time. No retries, no breaker: every failure is the strategy's. Seed 42."},
		{"strategies", []string{"policy.retry.attempts=3"}, "Up to 3 attempts with waits of 50 ms and 100 ms, and no circuit, since the breaker is off."},
		{"strategies", []string{"policy.breaker.off=false"}, "One attempt, and a circuit that opens after 5 failed calls in a row"},
		{"strategies", []string{"sensors.S0 drop.fail=0.3"}, "three times each; settings tell the three apart in more than their strategy, so they do not face the same. S0 drop fails 30 % of the time; S1 drop,"},
		{"strategies", []string{"policy.fallback.strategy=drop"}, "settings gave some of the three another strategy"},
		{"pipeline", nil, "30 batches, one every 0.5 s. Up to 3 attempts, each within 250 ms, with waits of 50 ms and 100 ms, " + pipelineRest + ". Seed 42."},
		{"pipeline", []string{"sensors.S0.policy.retry.attempts=1"}, "S0: one attempt, within 250 ms, " + pipelineRest + "; the others: up to 3 attempts, each"},
		{"pipeline", []string{"sensors.S3.policy.timeout=2s", "sensors.S4.policy.timeout=2s"}, "S3 and S4: up to 3 attempts, each within 2 s, with"},
		{"pipeline", []string{"sensors.S2.policy.breaker.off=true", "sensors.S3.policy.fallback.strategy=drop"}, "no circuit, since the breaker is off, and last-known-good as fallback; S3: up to 3 attempts, each within 250 ms, with waits of 50 ms and 100 ms, a circuit that opens after 5 failed calls in a row for 3 s and closes after 2 good probes, and drop as fallback; the others:"},
		{"strategies", []string{"sensors.S0 drop.fail=0", "sensors.S0 last good.fail=0", "sensors.S0 interpolated.fail=0", "sensors.S1 drop.fail=1", "sensors.S1 last good.fail=1", "sensors.S1 interpolated.fail=1"}, "S0 never fails; S1 always fails; S3 fails 80 % of the time; the others fail 10 % of the time."},
	} {
		if intro := reportOf[Report](t, c.name, seeded(42, c.set...)).Document().Intro[0]; !strings.Contains(intro, c.want) {
			t.Errorf("%s with %s: %q does not say %q", c.name, strings.Join(c.set, " "), intro, c.want)
		}
	}
}
