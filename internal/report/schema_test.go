package report

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"resiltui/internal/scenario"
)

const schemaFile = "../../docs/report.schema.json"

// schemaSource is the schema as a document.
func schemaSource(t testing.TB) any {
	t.Helper()
	body, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func compiled(t testing.TB, doc any) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	if err := c.AddResource("report.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// instance is a report as the validator reads it: numbers keep their digits.
func instance(t testing.TB, body []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// closed forbids every key that the schema does not describe. The published
// schema allows more, because keys may be added.
func closed(v any) {
	switch v := v.(type) {
	case map[string]any:
		if _, ok := v["properties"]; ok {
			v["additionalProperties"] = false
		}
		for _, inner := range v {
			closed(inner)
		}
	case []any:
		for _, inner := range v {
			closed(inner)
		}
	}
}

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
	published := compiled(t, schemaSource(t))
	doc := schemaSource(t)
	closed(doc)
	strict := compiled(t, doc)
	validate := func(what string, body []byte) {
		t.Helper()
		for name, schema := range map[string]*jsonschema.Schema{"schema": published, "schema without additions": strict} {
			if err := schema.Validate(instance(t, body)); err != nil {
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
	schema := compiled(t, schemaSource(t))
	for name, keys := range contract() {
		o := seeded(scenario.DefaultSeed)
		o.Among = 2
		body := jsonOf(t, []string{name}, o)
		for _, path := range keys {
			path = strings.TrimSuffix(path, "[]")
			v := instance(t, body)
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
	schema := compiled(t, schemaSource(t))
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
		if schema.Validate(instance(t, []byte(changed))) == nil {
			t.Errorf("%s is valid", wrong)
		}
	}
}

func TestTheSchemaExplainsEveryKey(t *testing.T) {
	defs := schemaSource(t).(map[string]any)["$defs"].(map[string]any)
	for name, def := range defs {
		explained(t, defs, name, def.(map[string]any))
	}
}

// explained asks for a description of a schema and of all its properties, their
// own or that of what they refer to.
func explained(t *testing.T, defs map[string]any, at string, s map[string]any) {
	t.Helper()
	text, _ := s["description"].(string)
	if ref, ok := s["$ref"].(string); ok && text == "" {
		text, _ = defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)["description"].(string)
	}
	if len(text) < 10 {
		t.Errorf("%s is explained by %q", at, text)
	}
	if strings.HasSuffix(at, "Seconds") && !strings.Contains(text, "econds") {
		t.Errorf("%s does not name its unit: %q", at, text)
	}
	properties, _ := s["properties"].(map[string]any)
	for key, inner := range properties {
		explained(t, defs, at+"."+key, inner.(map[string]any))
	}
	if items, ok := s["items"].(map[string]any); ok {
		explained(t, defs, at+"[]", items)
	}
}
