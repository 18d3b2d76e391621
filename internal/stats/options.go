package stats

// Option sets up an aggregator that is made by New, or the ones that a History makes.
type Option func(*options)

// options are the settings that stay when another run starts.
type options struct {
	counterfactuals, trackless bool
}

// WithCounterfactuals makes the aggregator compute, for every call that was not live, what
// each degradation strategy would have served (Query.Strategies). It is off by
// default because it costs time at every call.
func WithCounterfactuals() Option { return func(o *options) { o.counterfactuals = true } }

// WithoutTracks keeps neither the columns of the sensors' scores nor their last
// calls (SensorView.Columns, Query.Detail), which are most of the memory that a
// sensor takes: 20 KB of it. It is for runs of many sensors that nobody looks at.
func WithoutTracks() Option { return func(o *options) { o.trackless = true } }
