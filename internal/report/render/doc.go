// Package render writes documents for people and for programs: text for a
// terminal of any width, Markdown, CSV and JSON, and files that are written whole
// or not at all.
//
// It knows no report. A report says what it has to tell as a [Document]: sections
// of prose, tables and small pictures; how that looks is decided here. Package
// report imports this one, and nothing leads back.
package render
