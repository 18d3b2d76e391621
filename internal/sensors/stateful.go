package sensors

// Stateful is a sensor with a state that it keeps between its reads, and that can
// be saved and restored. A sensor that is not Stateful is assumed to have none.
type Stateful interface {
	// Save returns the state of the sensor now. It shares nothing with the
	// sensor and is never changed: it may be loaded any number of times.
	Save() State
	// Load restores a state that Save returned, of this sensor or of one that was
	// made in the same way. It changes nothing and returns an error where the
	// state cannot be that of such a sensor.
	Load(s State) error
}

// State is the state of a Stateful sensor: numbers with a meaning that only the
// sensor knows. nil is the state of a sensor that is not Stateful.
type State []int64
