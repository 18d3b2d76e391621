package http

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"

	"resiltui/internal/sensors"
	"resiltui/internal/words"
)

// readBody reads a body up to the cap, and closes it.
func (h *Sensor) readBody(ctx context.Context, response *http.Response, p *progress) ([]byte, error) {
	defer func() { _ = response.Body.Close() }() // what was read has been judged
	body, err := h.plain(response)
	if err != nil {
		return nil, h.requestError(ctx, err, p)
	}
	limited := &io.LimitedReader{R: body, N: h.config.maxBody + 1}
	kept, err := io.ReadAll(limited)
	if err != nil {
		return nil, h.requestError(ctx, err, p)
	}
	if limited.N == 0 {
		return nil, readErrorf("body is larger than %s", words.Size(h.config.maxBody))
	}
	return kept, nil
}

// errBadlyCompressed is a body that is not what its header says. It is never changed.
var errBadlyCompressed error = &sensors.ReadError{Text: "body is not compressed as its header says"}

// plain is a body without what encodes it. A transport would do that for gzip that it
// asked for itself, and only where that is the first of all encodings.
func (h *Sensor) plain(response *http.Response) (body io.Reader, err error) {
	body = response.Body
	codings := strings.Split(strings.Join(response.Header.Values("Content-Encoding"), ","), ",")
	for i := len(codings) - 1; i >= 0 && err == nil; i-- { // the last one was put on last
		switch coding := strings.ToLower(strings.TrimSpace(codings[i])); coding {
		case "", "identity":
		case "gzip", "x-gzip":
			body, err = gzip.NewReader(body)
		case "deflate":
			body, err = zlib.NewReader(body)
		default:
			err = h.foreignError("body is encoded as " + coding + ", which is not read; ask for gzip or nothing by Accept-Encoding")
		}
	}
	return body, err
}

// badlyCompressed reports whether an error is of what a body was compressed with.
func badlyCompressed(err error) bool {
	for _, known := range []error{gzip.ErrHeader, gzip.ErrChecksum, zlib.ErrHeader, zlib.ErrChecksum, zlib.ErrDictionary} {
		if errors.Is(err, known) {
			return true
		}
	}
	_, corrupt := errors.AsType[flate.CorruptInputError](err)
	return corrupt
}

// decodeJSON reads a body that is one JSON value. A byte order mark before it is left
// out, as RFC 8259, section 8.1 allows.
func decodeJSON(body []byte) (any, error) {
	if bytes.HasPrefix(body, []byte("\xfe\xff")) || bytes.HasPrefix(body, []byte("\xff\xfe")) {
		return nil, readErrorf("body is not JSON: it is UTF-16, by its byte order mark; JSON is UTF-8")
	}
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	decoder := json.NewDecoder(bytes.NewReader(body))
	// Numbers keep all their digits until the expression has selected one.
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

// maxDigits is how long a number may be to be kept with all its digits. No real
// value is that long, and the time to parse the digits grows faster than their
// number.
const maxDigits = 400

// shortened is a value of JSON with its longest numbers replaced by floating-point
// numbers, limited to the largest finite one, as jq itself does.
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
