package promql

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/dial"
)

// response is the envelope of all answers of the interface.
type response struct {
	Status    string `json:"status"`
	ErrorType string `json:"errorType"`
	Error     string `json:"error"`
	Data      struct {
		ResultType string          `json:"resultType"`
		Result     json.RawMessage `json:"result"`
	} `json:"data"`
}

// series is one of an instant vector.
type series struct {
	Value     sample          `json:"value"`
	Histogram json.RawMessage `json:"histogram"`
}

// sample is a time and a value, which is a text because JSON has no NaN.
type sample []any

// value takes the one number out of the body of an answer.
func value(_ context.Context, body []byte) (float64, error) {
	r, ok := read(body)
	if !ok || r.Status != "success" {
		return 0, sensors.ReadErrorf("answer is not that of a Prometheus server")
	}
	switch r.Data.ResultType {
	case "scalar":
		var s sample
		if err := json.Unmarshal(r.Data.Result, &s); err == nil {
			return number(s)
		}
	case "vector":
		var all []series
		if err := json.Unmarshal(r.Data.Result, &all); err == nil {
			return only(all)
		}
	case "matrix":
		return 0, sensors.ReadErrorf("query gave values of a range of time, not a number; take one, for example by last_over_time")
	case "string":
		return 0, sensors.ReadErrorf("query gave a text, not a number")
	}
	return 0, sensors.ReadErrorf("answer is not that of a Prometheus server")
}

// read reads the envelope; ok is false where it is none.
func read(body []byte) (r response, ok bool) {
	err := json.Unmarshal(body, &r)
	return r, err == nil && (r.Status == "success" || r.Status == "error")
}

// only is the value of the one series that there is.
func only(all []series) (float64, error) {
	switch {
	case len(all) == 0:
		return 0, sensors.ReadErrorf("query gave no series")
	case len(all) > 1:
		return 0, sensors.ReadErrorf("query gave several series, not a number; put them together, for example by sum(…)")
	case all[0].Histogram != nil:
		return 0, sensors.ReadErrorf("query gave a histogram, not a number; take one of it, for example by histogram_quantile")
	}
	return number(all[0].Value)
}

// number is the value of a sample.
func number(s sample) (float64, error) {
	if len(s) != 2 {
		return 0, sensors.ReadErrorf("answer is not that of a Prometheus server")
	}
	text, ok := s[1].(string)
	x, err := strconv.ParseFloat(text, 64)
	if !ok || err != nil {
		return 0, sensors.ReadErrorf("answer is not that of a Prometheus server")
	}
	return sensors.Number("query", x)
}

// refusal says why the server refuses a query, without numbers that may change; empty where the body is not that of a Prometheus server.
func refusal(body []byte) string {
	r, ok := read(body)
	if !ok || r.Status != "error" {
		return ""
	}
	text := r.ErrorType
	switch r.ErrorType {
	case "bad_data": // told of the query alone, which stays the same
		_, why, found := strings.Cut(r.Error, "parse error: ")
		if !found {
			why = r.Error
		}
		return "query is refused: " + why
	case "execution":
		text = "query failed"
	case "timeout":
		return "query took too long for the server"
	case "canceled":
		return "query was cancelled by the server"
	case "unavailable":
		text = "server is not available"
	case "":
		text = "query failed"
	}
	return text + ": " + dial.Steady(r.Error)
}
