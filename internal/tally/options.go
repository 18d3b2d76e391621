package tally

// Option sets up a tally that is made by New, or the ones that a History makes.
type Option func(*options)

// options are what a run's start keeps.
type options struct {
	shadows bool
}

// WithShadows has the tally work out, for every call that was not live, what
// each degradation strategy would have served (Query.Strategies). It is off by
// default because it costs time at every call.
func WithShadows() Option { return func(o *options) { o.shadows = true } }
