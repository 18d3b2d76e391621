package http

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"strconv"
)

// decodeJSON reads a body that is one JSON value.
func decodeJSON(body []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	// Numbers keep their digits until the expression has chosen one.
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		return nil, notJSON(err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, readErrorf("body is not JSON: something follows the first value")
	}
	return shortened(v), nil
}

// maxDigits is how long a number may be for its digits to count. No value has so
// many, and reading them takes time that grows faster than they do.
const maxDigits = 400

// shortened is a value of JSON whose longest numbers are floating-point ones, at most
// the largest that there is, as jq itself has them.
func shortened(v any) any {
	switch v := v.(type) {
	case json.Number:
		if len(v) > maxDigits {
			x, _ := strconv.ParseFloat(string(v), 64) // infinite where it is too large
			return max(-math.MaxFloat64, min(x, math.MaxFloat64))
		}
	case []any:
		for i := range v {
			v[i] = shortened(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = shortened(v[key])
		}
	}
	return v
}

func notJSON(err error) error {
	switch {
	case errors.Is(err, io.EOF):
		return readErrorf("body is not JSON: it is empty")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return readErrorf("body is not JSON: it ends too early")
	}
	return readErrorf("body is not JSON: %s", err.Error())
}
