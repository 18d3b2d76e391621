// Package retries is the page of what the retries cost and saved: the registry by
// sensor, and where the waiting between attempts went.
package retries
