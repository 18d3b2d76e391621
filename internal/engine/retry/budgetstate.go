package retry

// Copy returns a Budget of its own with the same settings, tokens and count of
// refusals as b has now. Later use of b does not change the copy.
func (b *Budget) Copy() *Budget {
	c := &Budget{max: b.max, ratio: b.ratio}
	c.tokens.Store(b.tokens.Load())
	c.refused.Store(b.refused.Load())
	return c
}

// TakeOver makes b go on from old: with the same share of its maximum of tokens,
// rounded down to a thousandth, and with the count of refusals. So a changed
// setting neither forgets past failures nor counts them twice. It is for a budget
// that is not yet in use.
func (b *Budget) TakeOver(old *Budget) {
	b.tokens.Store(old.tokens.Load() * b.max / old.max)
	b.refused.Store(old.refused.Load())
}
