package sensors

// What a refused connection says, to a person as to a count of errors.
const textRefused = "connection refused"

// errRefused is what a crashed sensor answers. It is never changed.
var errRefused error = &ReadError{Text: textRefused}

// SensorFailureTexts returns how sensors fail by themselves: the words that
// drivers of field devices use.
func SensorFailureTexts() []string {
	return []string{
		"bad frame",
		"bad checksum",
		"read timeout",
		"short read",
		"bus busy",
		"no answer from device",
	}
}

// InjectedErrorTexts returns what attempts say that the fault Errors fails: the
// words of a service that is up and in trouble, so that they are not taken for
// the sensor's own.
func InjectedErrorTexts() []string {
	return []string{
		"503 service unavailable",
		"502 bad gateway",
		"500 internal server error",
		"connection reset",
	}
}
