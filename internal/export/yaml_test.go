package export

import (
	"fmt"
	"strings"
)

// parseYAML reads the little of YAML that is written here: mappings by
// indentation, lists of words, comments. It is strict about everything else.
func parseYAML(text string) (map[string]any, error) {
	root := map[string]any{}
	stack := []map[string]any{root}
	last := "" // the newest key without a value
	for number, line := range strings.Split(text, "\n") {
		body := strings.TrimLeft(line, " ")
		if body == "" || strings.HasPrefix(body, "#") {
			continue
		}
		depth := (len(line) - len(body)) / 2
		if item, ok := strings.CutPrefix(body, "- "); ok {
			if depth != len(stack) || last == "" {
				return nil, fmt.Errorf("line %d: a list item out of place: %s", number+1, line)
			}
			stack[depth-1][last] = item
			continue
		}
		name, value, ok := strings.Cut(body, ":")
		if quoted, isQuoted := strings.CutPrefix(body, `"`); isQuoted {
			name, value, ok = strings.Cut(quoted, `":`)
		}
		if !ok || value != "" && value[0] != ' ' || strings.Contains(value, ": ") {
			return nil, fmt.Errorf("line %d: no mapping: %s", number+1, line)
		}
		if depth == len(stack) && last != "" {
			child := map[string]any{}
			stack[depth-1][last] = child
			stack = append(stack, child)
		}
		if depth >= len(stack) || (len(line)-len(body))%2 != 0 {
			return nil, fmt.Errorf("line %d: indented too far: %s", number+1, line)
		}
		stack = stack[:depth+1]
		if _, twice := stack[depth][name]; twice {
			return nil, fmt.Errorf("line %d: %s twice", number+1, name)
		}
		stack[depth][name] = strings.TrimSpace(value)
		if last = ""; value == "" {
			last = name
		}
	}
	return root, nil
}

// at goes down a path of keys.
func at(document map[string]any, path ...string) any {
	var found any = document
	for _, key := range path {
		m, ok := found.(map[string]any)
		if !ok {
			return nil
		}
		found = m[key]
	}
	return found
}
