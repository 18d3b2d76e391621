// Package summary draws what stays in the terminal when the dashboard has ended: how
// each sensor did, the verdicts, and the commands that repeat the run.
package summary
