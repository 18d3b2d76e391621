package http

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"io"
	"net/http"
	"testing"

	"resiltui/internal/sensors"
)

// squeezed is a text after a writer that compresses.
func squeezed(t *testing.T, text string, by func(io.Writer) io.WriteCloser) string {
	t.Helper()
	var b bytes.Buffer
	w := by(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestABodyIsReadAsItsHeaderSaysWhoeverAskedForThat(t *testing.T) {
	zip := func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }
	deflate := func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }
	once := squeezed(t, `{"n":7}`, zip)
	for name, c := range map[string]struct {
		coding []string
		body   string
		err    string
	}{
		"nothing":             {nil, `{"n":7}`, ""},
		"identity":            {[]string{"identity"}, `{"n":7}`, ""},
		"gzip":                {[]string{"gzip"}, once, ""},
		"gzip in capitals":    {[]string{"GZIP"}, once, ""},
		"deflate":             {[]string{"deflate"}, squeezed(t, `{"n":7}`, deflate), ""},
		"both, the last last": {[]string{"gzip, deflate"}, squeezed(t, once, deflate), ""},
		"both, in two lines":  {[]string{"gzip", "deflate"}, squeezed(t, once, deflate), ""},
		"not gzip":            {[]string{"gzip"}, `{"n":7, "more than a head": 1}`, "body is not compressed as its header says"},
		"not deflate":         {[]string{"deflate"}, `{"n":7}`, "body is not compressed as its header says"},
		"gzip that is broken": {[]string{"gzip"}, once[:12] + "\xff\xff\xff" + once[15:], "body is not compressed as its header says"},
		"gzip cut off":        {[]string{"gzip"}, once[:len(once)-3], "connection closed before the answer was complete"},
		"too much":            {[]string{"gzip"}, squeezed(t, string(make([]byte, 200)), zip), "body is larger than 100 bytes"},
		"another":             {[]string{"br"}, "x", "body is encoded as br, which is not read; ask for gzip or nothing by Accept-Encoding"},
	} {
		for _, header := range []http.Header{nil, {"Accept-Encoding": {"gzip, deflate"}}} {
			server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header()["Content-Encoding"] = c.coding
				_, _ = io.WriteString(w, c.body)
			})
			h := endpoint(t, Config{URL: server.URL, JQ: ".n", Header: header, MaxBody: 100})
			got, err := h.Read(t.Context(), sensors.Request{})
			if textOf(err) != c.err || err == nil && got.Value != 7 {
				t.Errorf("%s with %v: %v, error %v, want %q", name, header, got.Value, err, c.err)
			}
		}
	}
}
