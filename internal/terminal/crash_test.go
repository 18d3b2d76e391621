package terminal

import (
	"strings"
	"testing"
)

func TestAPanicOfTheEngineIsAnError(t *testing.T) {
	err := Guard("the engine", func() error { panic("on fire") })
	if err == nil || !strings.Contains(err.Error(), "the engine panicked: on fire") {
		t.Errorf("the error is %v", err)
	}
	if err := Guard("the engine", func() error { return nil }); err != nil {
		t.Errorf("the error is %v", err)
	}
}
