package sensors

// Stateful is a sensor that remembers something between its reads, and can be put
// back to what it remembered. A sensor that is not Stateful remembers nothing.
type Stateful interface {
	// Save returns what the sensor remembers now. It shares nothing with the
	// sensor, and nobody changes it: it may be loaded any number of times.
	Save() State
	// Load makes the sensor remember what Save returned of it, or of a sensor
	// that was made in the same way. It changes nothing and returns an error where
	// the state cannot be that of such a sensor.
	Load(s State) error
}

// State is what a Stateful sensor remembers: counts, whose meaning is the sensor's
// own. nil is that of a sensor that is not Stateful.
type State []int64
