// Package retries is the page of what retries cost and how many calls they saved: attempts
// by sensor, and where the time between attempts went.
//
// It draws what package stats has counted. Retries are made by internal/engine/retry.
package retries
