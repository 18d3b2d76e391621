// Package overview is the page of all sensors, each with its score: four tracks over one
// time axis.
//
// It shows panes, rows or a single sensor, depending on what fits, and the comparison with
// the naive pipeline where there is space left. The tracks are drawn by package views,
// since other pages have them too; here is only how they are placed.
package overview
