package model

import (
	"testing"
	"time"

	"go.uber.org/goleak"
)

// TestMain has the tests in one zone, because pictures of real endpoints hold clock times.
func TestMain(m *testing.M) {
	time.Local = time.UTC
	goleak.VerifyTestMain(m)
}
