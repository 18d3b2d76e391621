package render

import (
	"bytes"
	"encoding/json"
	"io"
)

// WriteJSON writes one report alone, or several as one object with their names
// as keys, in the given order (the form of "all").
func WriteJSON(w io.Writer, names []string, reports []any) error {
	var body []byte
	var err error
	if len(reports) == 1 {
		body, err = json.Marshal(reports[0])
	} else {
		body, err = object(names, reports)
	}
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, body, "", "  "); err != nil {
		return err
	}
	out.WriteByte('\n')
	_, err = w.Write(out.Bytes())
	return err
}

// object writes a JSON object whose keys keep their order; a map would not keep
// it.
func object(names []string, values []any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, name := range names {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(values[i])
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
