package http

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"github.com/itchyny/gojq"

	"resiltui/internal/sensors"
	"resiltui/internal/words"
)

// maxExprCells is how much of an expression an error shows.
const maxExprCells = 40

// jqValue takes a number out of a JSON body. It does not change.
type jqValue struct {
	shown string
	code  *gojq.Code
}

// compileJQ reads a jq expression. It sees neither the environment nor files.
func compileJQ(expression string) (*jqValue, error) {
	shown := words.Clean(expression, maxExprCells)
	query, err := gojq.Parse(expression)
	if err != nil {
		return nil, fmt.Errorf("jq expression %q: %s", shown, words.Clean(err.Error(), sensors.MaxErrorCells))
	}
	code, err := gojq.Compile(query)
	if err != nil {
		return nil, fmt.Errorf("jq expression %q: %s", shown, words.Clean(err.Error(), sensors.MaxErrorCells))
	}
	return &jqValue{shown: shown, code: code}, nil
}

// maxExpressionTime is how long an expression may take. Picking a number out of
// 1 MiB takes a few milliseconds; one that does not end would fill the memory
// before the attempt's own limit comes.
const maxExpressionTime = 100 * time.Millisecond

// number returns the one number that the expression gives for the body. The
// expression runs no longer than ctx, and no longer than maxExpressionTime.
func (q *jqValue) number(ctx context.Context, body []byte) (float64, error) {
	input, err := decodeJSON(body)
	if err != nil {
		return 0, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, maxExpressionTime, errExpressionTime)
	defer cancel()
	results := q.code.RunWithContext(ctx, input)
	first, ok := results.Next()
	if !ok {
		return 0, readErrorf("expression %s gave nothing, not a number", q.shown)
	}
	if err, ok := first.(error); ok {
		return 0, q.failed(ctx, err)
	}
	if second, ok := results.Next(); ok {
		if err, ok := second.(error); ok {
			return 0, q.failed(ctx, err)
		}
		return 0, readErrorf("expression %s gave more than one value", q.shown)
	}
	return q.toNumber(first)
}

// failed says that an expression came to no result. Of gojq's words only the
// types are kept: what follows quotes the body, which may be secret and makes a
// text of its own for every value.
func (q *jqValue) failed(ctx context.Context, err error) error {
	if errors.Is(context.Cause(ctx), errExpressionTime) {
		return readErrorf("expression %s takes longer than %s", q.shown, words.ShortTime(maxExpressionTime))
	}
	if ended := ctx.Err(); ended != nil {
		return ended
	}
	if types, _, ok := strings.Cut(err.Error(), " ("); ok && strings.HasPrefix(types, "expected ") {
		return readErrorf("expression %s does not fit the body: %s", q.shown, types)
	}
	return readErrorf("expression %s does not fit the body", q.shown)
}

// errExpressionTime tells the end of an expression's time from that of the
// attempt's.
var errExpressionTime = errors.New("expression takes too long")

func (q *jqValue) toNumber(v any) (float64, error) {
	x, ok := gojq.ToFloat64(v)
	if !ok {
		return 0, readErrorf("expression %s gave %s, not a number", q.shown, typeText(v))
	}
	if math.IsNaN(x) {
		return 0, readErrorf("expression %s gave NaN, not a number", q.shown)
	}
	if math.Abs(x) > sensors.MaxValue {
		return 0, readErrorf("expression %s gave a number beyond ±1e15", q.shown)
	}
	return sensors.Round6(x), nil
}

// typeText names what came where a number should have come. The value itself
// may be long, or secret.
func typeText(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return fmt.Sprint(v)
	case string:
		return "a string"
	case []any:
		return "an array"
	}
	return "an object"
}

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
	return v, nil
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
