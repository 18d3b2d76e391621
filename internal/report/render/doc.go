// Package render writes documents for people and for programs: text for a terminal of
// any width, Markdown, CSV and JSON. It writes each file completely or not at all.
//
// It knows no report. A report is a [Document] of sections with prose, tables and small
// charts; this package decides how they look in each format. Package report imports
// this one, never the other way round.
package render
