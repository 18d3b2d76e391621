package report

import (
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"resiltui/internal/scenario"
	"resiltui/internal/schematest"
)

const schemaFile = "../../docs/report.schema.json"

// cases are options that bring out every null and every state.
func cases() map[string][]Options {
	return map[string][]Options{
		"retry":      {seeded(42), seeded(1, "policy.retry.attempts=1"), seeded(2, "policy.retry.attempts=10")},
		"breaker":    {seeded(42), seeded(1<<64 - 1), seeded(3, "policy.breaker.openFor=1h"), seeded(4, "policy.breaker.off=true")},
		"strategies": {seeded(42), seeded(5, "sensors.S0 drop.fail=1"), seeded(6, "sensors.S1 last good.fail=0")},
		"pipeline": {
			seeded(42), seeded(2999), seeded(8, "sensors.S4.fail=0.5"), seeded(9, "policy.breaker.off=true"),
			seeded(10, "policy.fallback.strategy=interpolated"), seeded(11, "sensors.S3.fail=1"),
		},
	}
}

func TestTheSchemaDescribesEveryReportInFull(t *testing.T) {
	published, strict := schematest.Published(t, schemaFile), schematest.Strict(t, schemaFile)
	validate := func(what string, body []byte) {
		t.Helper()
		for name, schema := range map[string]*jsonschema.Schema{"schema": published, "schema without additions": strict} {
			if err := schema.Validate(schematest.Value(t, body)); err != nil {
				t.Errorf("%s, %s: %v", what, name, err)
			}
		}
	}
	for name, list := range cases() {
		for _, o := range list {
			validate(name+" "+strings.Join(o.Set, " "), jsonOf(t, []string{name}, o))
		}
	}
	ranked := seeded(4)
	ranked.Among = 3
	validate("with a rank", jsonOf(t, []string{"pipeline"}, ranked))
	validate("all", jsonOf(t, Names(), seeded(scenario.DefaultSeed)))
}

func TestTheSchemaMissesEveryKeyOfTheContractThatIsRenamed(t *testing.T) {
	schema := schematest.Published(t, schemaFile)
	for name, keys := range contract() {
		o := seeded(scenario.DefaultSeed)
		o.Among = 2
		body := jsonOf(t, []string{name}, o)
		for _, path := range keys {
			path = strings.TrimSuffix(path, "[]")
			v := schematest.Value(t, body)
			if !rename(v, strings.Split(path, ".")) {
				t.Fatalf("%s: no %s", name, path)
			}
			if schema.Validate(v) == nil {
				t.Errorf("%s: %s renamed is still valid", name, path)
			}
		}
	}
}

// rename changes the last key of a path, in the last element of every list: one
// is enough to be found out.
func rename(v any, path []string) bool {
	key, list := strings.CutSuffix(path[0], "[]")
	m, ok := v.(map[string]any)
	if !ok {
		return false
	}
	inner, ok := m[key]
	if !ok {
		return false
	}
	if len(path) == 1 {
		delete(m, key)
		m[key+"s"] = inner
		return true
	}
	if list {
		elements := inner.([]any)
		inner = elements[len(elements)-1]
	}
	return rename(inner, path[1:])
}

func TestTheSchemaRefusesValuesThatAreNone(t *testing.T) {
	schema := schematest.Published(t, schemaFile)
	body := string(jsonOf(t, []string{"pipeline"}, seeded(scenario.DefaultSeed)))
	for old, wrong := range map[string]string{
		`"status": "fast-fail"`:  `"status": "fastFail"`,
		`"breaker": "HALF_OPEN"`: `"breaker": "half-open"`,
		`"liveRate": 0.4`:        `"liveRate": 40`,
		`"attempts": 3`:          `"attempts": -3`,
		`"closedAtBatch": 23`:    `"closedAtBatch": 0`,
		`"report": "pipeline"`:   `"report": "Pipeline"`,
		`"seed": 42`:             `"seed": "42"`,
	} {
		changed := strings.Replace(body, old, wrong, 1)
		if changed == body {
			t.Fatalf("no %s", old)
		}
		if schema.Validate(schematest.Value(t, []byte(changed))) == nil {
			t.Errorf("%s is valid", wrong)
		}
	}
}

func TestTheSchemaExplainsEveryKey(t *testing.T) { schematest.Explained(t, schemaFile) }
