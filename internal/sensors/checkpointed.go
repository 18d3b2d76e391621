package sensors

// Checkpointed is a sensor that remembers something between its reads, and can
// be put back to what it remembered. A sensor that is not Checkpointed
// remembers nothing.
type Checkpointed interface {
	// Save returns what the sensor remembers now. It shares nothing with the
	// sensor, and nobody changes it: it may be loaded any number of times.
	Save() any
	// Load makes the sensor remember what Save returned of it, or of a sensor
	// that was made in the same way. Anything else changes nothing.
	Load(state any)
}
