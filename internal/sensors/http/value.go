package http

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/itchyny/gojq"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/dial"
	"resiltui/internal/words"
)

// maxExprCells is how much of an expression an error shows.
const maxExprCells = 40

// maxExpression is the most bytes of an expression.
const maxExpression = 1 << 16

// jqValue extracts a number from a JSON body. It is immutable.
type jqValue struct {
	expression string
	shown      string
	code       *gojq.Code
	apart      sensors.Apart // nil: in this process
}

// compileJQ compiles a jq expression. The expression has no access to the
// environment or to files.
func compileJQ(expression string, apart sensors.Apart) (*jqValue, error) {
	shown := words.Clean(expression, maxExprCells)
	if len(expression) > maxExpression {
		return nil, fmt.Errorf("jq expression %q: it is longer than %s", shown, words.Size(maxExpression))
	}
	if strings.Contains(expression, jobGap) {
		return nil, fmt.Errorf("jq expression %q: it holds a NUL", shown)
	}
	query, err := gojq.Parse(expression)
	if err != nil {
		return nil, fmt.Errorf("jq expression %q: %s", shown, words.Clean(err.Error(), sensors.MaxErrorCells))
	}
	code, err := gojq.Compile(query)
	if err != nil {
		return nil, fmt.Errorf("jq expression %q: %s", shown, words.Clean(err.Error(), sensors.MaxErrorCells))
	}
	return &jqValue{expression: expression, shown: shown, code: code, apart: apart}, nil
}

// maxExpressionTime is how long an expression may take. Extracting a number
// from 1 MiB takes a few milliseconds; an expression that does not end could
// fill the memory before the attempt's own timeout.
const maxExpressionTime = 100 * time.Millisecond

// number returns the one number that the expression gives for the body.
func (q *jqValue) number(ctx context.Context, body []byte) (float64, error) {
	if q.apart == nil {
		return q.evaluate(ctx, body)
	}
	answer, err := q.apart(ctx, jobOf(q.expression, body))
	switch {
	case err == nil:
		return readAnswer(answer)
	case ctx.Err() != nil:
		return 0, ctx.Err()
	case errors.Is(err, sensors.ErrTooSlow):
		return 0, q.tooSlow()
	case errors.Is(err, sensors.ErrLost):
		return 0, readErrorf("expression %s takes too much memory", q.shown)
	case dial.TooManyFiles(err):
		return 0, sensors.LocalError{Said: readErrorf("%s", sensors.TextTooManyFiles)}
	default:
		return 0, sensors.LocalError{Said: readErrorf("expression %s cannot be run: %v", q.shown, err)}
	}
}

// evaluate is number in this process. The expression is stopped at the end of ctx
// or after maxExpressionTime, but only between two of its steps.
func (q *jqValue) evaluate(ctx context.Context, body []byte) (float64, error) {
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

// failed returns the error of an expression without a result. Of gojq's text
// only the types are kept: the rest quotes the body, which may be secret and
// makes the text different for every value.
func (q *jqValue) failed(ctx context.Context, err error) error {
	if errors.Is(context.Cause(ctx), errExpressionTime) {
		return q.tooSlow()
	}
	if ended := ctx.Err(); ended != nil {
		return ended
	}
	if types, _, ok := strings.Cut(err.Error(), " ("); ok && strings.HasPrefix(types, "expected ") {
		return readErrorf("expression %s does not fit the body: %s", q.shown, types)
	}
	return readErrorf("expression %s does not fit the body", q.shown)
}

func (q *jqValue) tooSlow() error {
	return readErrorf("expression %s takes longer than %s", q.shown, words.ShortTime(maxExpressionTime))
}

// errExpressionTime distinguishes the end of the expression's time from the end
// of the attempt's time.
var errExpressionTime = errors.New("expression takes too long")

func (q *jqValue) toNumber(v any) (float64, error) {
	x, ok := gojq.ToFloat64(v)
	if !ok {
		return 0, readErrorf("expression %s gave %s, not a number", q.shown, typeText(v))
	}
	return sensors.Number("expression "+q.shown, x)
}

// typeText names the type of a value that is not a number. The value itself may
// be long, or secret.
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
