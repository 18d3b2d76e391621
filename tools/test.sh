#!/bin/sh
# Runs all tests of the product, of tools/, and of benchmarks/ where that module
# exists. Arguments go to `go test`. The product's tests come last, so that the output
# ends with their summary.
set -eu
cd "$(dirname "$0")/.."
GO=${GO:-go}
root=$PWD

# The race detector needs cgo, so a C compiler with its headers. Compiling
# runtime/cgo with -race tries exactly that, and is cached. Where it fails cgo is
# switched off, or a compiler without headers would fail the tests too.
race=-race
if ! "$GO" build -race runtime/cgo >/dev/null 2>&1; then
  race=
  export CGO_ENABLED=0
  echo "test: no working C compiler, so the tests run without the race detector"
fi

gotestsum() {
  "$GO" tool -modfile="$root/tools/go.mod" gotestsum "$@"
}

# Every test must run even where the runner cannot be fetched.
runner=gotestsum
if ! gotestsum --version >/dev/null; then
  runner=go
  echo "test: gotestsum cannot be had, so plain go test runs"
fi

run_tests() {
  if [ "$runner" = gotestsum ]; then
    gotestsum --format pkgname --format-hide-empty-pkg -- $race "$@" ./...
  else
    "$GO" test $race "$@" ./...
  fi
}

status=0
if [ -f benchmarks/go.mod ]; then
  (cd benchmarks && run_tests "$@") || status=$?
fi
(cd tools && run_tests "$@") || status=$?
run_tests "$@" || status=$?
exit "$status"
