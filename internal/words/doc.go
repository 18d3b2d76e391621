// Package words writes times, numbers and texts for people, and cleans what came
// from outside before a terminal sees it.
//
// It knows nothing of the product and imports nothing of it, so every other
// package may use it. What a circuit or a fault is called, and the sentences about
// them, are not here: they need to know what they speak of.
package words
