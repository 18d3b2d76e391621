package scenario

import (
	"context"
	"time"

	"resiltui/internal/engine/clock"
)

// nowhere is a clock for sensors that are never read.
type nowhere struct{ clock.Clock }

func (nowhere) Now() time.Duration                         { return 0 }
func (nowhere) Sleep(context.Context, time.Duration) error { return nil }
