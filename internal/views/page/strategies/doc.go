// Package strategies is the page that holds the three degradation strategies side by
// side: what each would have served of the very same calls, and which one fits.
package strategies
