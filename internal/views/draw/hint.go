package draw

// Hint is a key and what it does, in a word or two.
type Hint struct{ Key, Word string }
