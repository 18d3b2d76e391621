package scenario

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"resiltui/internal/engine/clock"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/simulated"
)

// Functions are the four functions of the first exercise. They can fail and do not
// retry: to retry them, wrap them (retry.Wrap). They are safe for concurrent use. Make
// them by NewFunctions.
type Functions struct{ user, database, api, files *backend }

// NewFunctions returns the functions of the scenario retry, on a clock. The same
// seed and the same calls, one after the other, fail the same way.
func NewFunctions(seed uint64, clk clock.Clock) (*Functions, error) {
	var services []*backend
	for _, s := range Retry().Sensors {
		sensor, err := s.simulated(seed, clk)
		if err != nil {
			return nil, err
		}
		services = append(services, &backend{sensor: sensor, now: clk.Now})
	}
	return &Functions{services[0], services[1], services[2], services[3]}, nil
}

// UserProfile is what is known of a user.
type UserProfile struct{ UserID string }

// FetchUserProfile times out half of the time: with a *TimeoutError.
func (f *Functions) FetchUserProfile(ctx context.Context, userID string) (UserProfile, error) {
	if err := f.user.ask(ctx); err != nil {
		return UserProfile{}, err
	}
	return UserProfile{UserID: userID}, nil
}

// QueryDatabase fails with a *DatabaseConnectionError two times in five. It returns the
// rows.
func (f *Functions) QueryDatabase(ctx context.Context, query string) ([]string, error) {
	if err := f.database.ask(ctx); err != nil {
		return nil, err
	}
	return []string{"answer to " + query}, nil
}

// Response is the answer of an API.
type Response struct {
	Endpoint string
	Status   int
}

// CallExternalAPI fails with an *HTTPError three times in five.
func (f *Functions) CallExternalAPI(ctx context.Context, endpoint string) (Response, error) {
	if err := f.api.ask(ctx); err != nil {
		return Response{}, err
	}
	return Response{Endpoint: endpoint, Status: 200}, nil
}

// ReadLocalFile does not find the file one time in five: fs.ErrNotExist.
func (f *Functions) ReadLocalFile(ctx context.Context, path string) ([]byte, error) {
	if err := f.files.ask(ctx); err != nil {
		return nil, err
	}
	return []byte("what is in " + path), nil
}

// backend is the simulated service behind a function.
type backend struct {
	sensor *simulated.Sensor
	now    func() time.Duration
	asked  atomic.Uint64
}

// asked is a request for a known attempt of a known call, and the reading of it.
type asked struct {
	request sensors.Request
	reading sensors.Reading
}

type askedKey struct{}

// ask takes the service's time and returns its error. Without a request in ctx it is
// the next one.
func (b *backend) ask(ctx context.Context) error {
	if a, ok := ctx.Value(askedKey{}).(*asked); ok {
		var err error
		a.reading, err = b.sensor.Read(ctx, a.request)
		return err
	}
	_, err := b.sensor.Read(ctx, sensors.Request{Call: b.asked.Add(1), Attempt: 1, At: b.now()})
	return err
}

// function is a function of the exercise as a run reads it: a sensor whose read is a
// call of the function. What the service does is known before it is called, as for
// any simulated sensor.
type function struct {
	*simulated.Sensor
	call func(ctx context.Context, number uint64) error
}

// Read calls the function.
func (f *function) Read(ctx context.Context, r sensors.Request) (sensors.Reading, error) {
	a := &asked{request: r}
	err := f.call(context.WithValue(ctx, askedKey{}, a), r.Call)
	return a.reading, err
}

// functionOf is the function of a name around its service, with an argument made
// from the number of the call; nil where there is none of that name.
func functionOf(name string, service *simulated.Sensor) *function {
	b := &backend{sensor: service}
	f := &Functions{b, b, b, b}
	calls := map[string]func(ctx context.Context, number uint64) error{
		"fetchUserProfile": func(ctx context.Context, number uint64) error {
			_, err := f.FetchUserProfile(ctx, fmt.Sprintf("user-%d", number))
			return err
		},
		"queryDatabase": func(ctx context.Context, number uint64) error {
			_, err := f.QueryDatabase(ctx, fmt.Sprintf("select name from users where id = %d", number))
			return err
		},
		"callExternalAPI": func(ctx context.Context, number uint64) error {
			_, err := f.CallExternalAPI(ctx, fmt.Sprintf("/users/%d", number))
			return err
		},
		ReadLocalFile: func(ctx context.Context, number uint64) error {
			_, err := f.ReadLocalFile(ctx, fmt.Sprintf("users/%d.json", number))
			return err
		},
	}
	call, ok := calls[name]
	if !ok {
		return nil
	}
	return &function{service, call}
}
