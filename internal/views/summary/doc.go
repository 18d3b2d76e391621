// Package summary draws what stays in the terminal after the dashboard has ended: how each
// sensor did, the verdicts, and the commands that repeat the run.
//
// It returns text and writes to no terminal; command resiltui prints it. It is no report:
// it describes the run that the user watched, however that went.
package summary
