package http

import (
	"context"
	"errors"
	"net/http"

	"resiltui/internal/sensors"
	"resiltui/internal/words"
)

// Protocol says what the bodies of answers mean, for kinds of sensors that speak a
// protocol over HTTP. The zero value is none. Its functions are safe for concurrent use.
type Protocol struct {
	// Value takes the value out of the body of an answer whose status is expected. The
	// error is a [sensors.ReadError].
	Value func(ctx context.Context, body []byte) (float64, error)
	// Refusal says in a few stable words why another answer is a refusal; empty is what
	// its status says. nil is always that. The secrets of the config are not in the body
	// any more.
	Refusal func(body []byte) string
}

// Secrets are the parts of the config that must never be shown; nil where no sensor can
// be made of it.
func (c Config) Secrets() *words.Secrets {
	parts, err := c.compile()
	if err != nil {
		return nil
	}
	return parts.secrets
}

// explained is what the body of a refusal says of it, in the place of its status. It
// closes the body.
func (h *Sensor) explained(ctx context.Context, response *http.Response, refused error, p *progress) error {
	body, err := h.readBody(ctx, response, p)
	if ended := ctx.Err(); ended != nil {
		return ended
	}
	text := ""
	if err == nil {
		text = h.config.refused([]byte(h.config.secrets.Hide(string(body))))
	}
	if text == "" {
		return refused
	}
	said := h.foreignError(text)
	if limited, ok := errors.AsType[sensors.LimitError](refused); ok {
		limited.Said = said
		return limited
	}
	if _, ok := errors.AsType[sensors.LastingError](refused); ok {
		return sensors.LastingError{Err: said}
	}
	return said
}
