// Package promql is the kind of sensor that is a query to a Prometheus server, or to any
// that has its HTTP interface (Thanos, Mimir, VictoriaMetrics): each read is one instant
// query, whose one number is the value.
//
// The request is made by package http, with its settings, secrets and error texts; here is
// what the body of an answer means. A query is evaluated by the server, at the time of the
// request.
package promql
