// Package schematest holds what tests need that compare what the program writes with a
// JSON Schema of docs: they read it, forbid what it does not describe, and ask it for an
// explanation of every key.
//
// It validates nothing itself; the schemas it gives do. It is for tests alone.
package schematest

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Source is a schema file as a document.
func Source(t testing.TB, file string) any {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return Value(t, body)
}

// Value is JSON as a schema takes it: numbers keep their digits.
func Value(t testing.TB, body []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Published is the schema of a file as it is. It allows keys that it does not describe,
// because keys may be added.
func Published(t testing.TB, file string) *jsonschema.Schema {
	t.Helper()
	return compiled(t, Source(t, file))
}

// Strict is the schema of a file without such additions.
func Strict(t testing.TB, file string) *jsonschema.Schema {
	t.Helper()
	doc := Source(t, file)
	forbidAdditions(doc)
	return compiled(t, doc)
}

func compiled(t testing.TB, doc any) *jsonschema.Schema {
	t.Helper()
	const name = "schema.json"
	c := jsonschema.NewCompiler()
	c.AssertFormat() // a date that is none is an error
	if err := c.AddResource(name, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func forbidAdditions(v any) {
	switch v := v.(type) {
	case map[string]any:
		_, described := v["properties"]
		if _, typed := v["type"]; described && typed { // a condition describes nothing
			v["additionalProperties"] = false
		}
		for _, inner := range v {
			forbidAdditions(inner)
		}
	case []any:
		for _, inner := range v {
			forbidAdditions(inner)
		}
	}
}

// Explained asks for a description of every part of a schema and of all its properties,
// their own or that of what they refer to. A time names its unit.
func Explained(t *testing.T, file string) {
	t.Helper()
	defs := Source(t, file).(map[string]any)["$defs"].(map[string]any)
	for name, def := range defs {
		explained(t, defs, name, def.(map[string]any))
	}
}

func explained(t *testing.T, defs map[string]any, at string, s map[string]any) {
	t.Helper()
	text, _ := s["description"].(string)
	if ref, ok := s["$ref"].(string); ok && text == "" {
		text, _ = defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)["description"].(string)
	}
	if len(text) < 10 {
		t.Errorf("%s is explained by %q", at, text)
	}
	for _, unit := range []string{"econds", "nanoseconds"} {
		if strings.HasSuffix(strings.ToLower(at), unit) && !strings.Contains(text, unit) {
			t.Errorf("%s does not name its unit: %q", at, text)
		}
	}
	properties, _ := s["properties"].(map[string]any)
	for key, inner := range properties {
		explained(t, defs, at+"."+key, inner.(map[string]any))
	}
	if items, ok := s["items"].(map[string]any); ok {
		explained(t, defs, at+"[]", items)
	}
}
