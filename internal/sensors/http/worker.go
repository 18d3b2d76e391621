package http

import (
	"bytes"
	"context"
	"fmt"
	"strconv"

	"resiltui/internal/sensors"
)

// A job of the worker is an expression, a NUL, which no expression holds, and a body.
// The answer is a number, or errorMark and an error text.
const (
	jobGap    = "\x00"
	errorMark = "!"
)

func jobOf(expression string, body []byte) []byte {
	return append([]byte(expression+jobGap), body...)
}

// work runs an expression on a body: it is the Worker of the kind.
func work(job []byte) (answer []byte) {
	defer func() {
		if recover() != nil { // a bug of the library must not be mistaken for a lack of memory
			answer = []byte(errorMark + "expression does not fit the body")
		}
	}()
	expression, body, _ := bytes.Cut(job, []byte(jobGap))
	q, err := compileJQ(string(expression), nil)
	if err != nil { // it was compiled before
		return []byte(errorMark + err.Error())
	}
	x, err := q.evaluate(context.Background(), body)
	if err != nil {
		return []byte(errorMark + err.Error())
	}
	return strconv.AppendFloat(nil, x, 'g', -1, 64)
}

// readAnswer returns what evaluate returned in the worker.
func readAnswer(answer []byte) (float64, error) {
	if text, failed := bytes.CutPrefix(answer, []byte(errorMark)); failed {
		return 0, &sensors.ReadError{Text: string(text)}
	}
	x, err := strconv.ParseFloat(string(answer), 64)
	if err != nil {
		return 0, fmt.Errorf("an answer of the worker: %w", err)
	}
	return x, nil
}
