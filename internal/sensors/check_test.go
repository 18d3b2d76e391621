package sensors

import (
	"errors"
	"math"
	"testing"
)

func TestANumberOfAnEndpointIsOneThatCanBeDrawn(t *testing.T) {
	for x, want := range map[float64]string{
		math.Inf(1): "query gave a number beyond ±1e21", -1.1e21: "query gave a number beyond ±1e21", math.NaN(): "query gave NaN, not a number",
	} {
		_, err := Number("query", x)
		if _, ok := errors.AsType[*ReadError](err); !ok || err.Error() != want {
			t.Errorf("%v: %v, want %s", x, err, want)
		}
	}
	for _, x := range []float64{1e21, -1e-300, 1764601200123456789} {
		if got, err := Number("query", x); got != x || err != nil {
			t.Errorf("%v: %v, %v", x, got, err)
		}
	}
	if got, err := Number("query", math.Copysign(0, -1)); math.Signbit(got) || err != nil {
		t.Errorf("-0: %v, %v", got, err)
	}
}
