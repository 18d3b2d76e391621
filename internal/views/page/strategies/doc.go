// Package strategies is the page that compares the three degradation strategies side by
// side: what each would have served for the same calls, and which one fits.
//
// It draws what internal/stats/counterfactual has computed and changes no strategy.
package strategies
