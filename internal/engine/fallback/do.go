package fallback

import "context"

// Do reads a sensor and lets s answer where the read failed.
//
//   - The read succeeds: the reading is given to s and returned.
//   - It fails: the substitute of s is returned, with no error. Its Quality
//     distinguishes it from a live reading; a caller that also needs the error
//     keeps it inside read.
//   - It fails and s has no substitute: read's error is returned, unchanged.
//   - It fails and ctx has ended: read's error is returned, unchanged. The caller
//     has gone, and nothing was learned about the sensor.
//
// A panic of read passes through.
func Do(ctx context.Context, s Strategy, sensorID string, read func(ctx context.Context) (Reading, error)) (Reading, error) {
	r, err := read(ctx)
	if err == nil {
		s.Good(sensorID, r)
		return r, nil
	}
	if ctx.Err() != nil {
		return Reading{}, err
	}
	if substitute, ok := s.HandleFailure(sensorID, err); ok {
		return substitute, nil
	}
	return Reading{}, err
}
