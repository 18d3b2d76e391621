#!/bin/sh
# Runs all tests of benchmarks/, of tools/ and of the product, in this order, so that
# the output ends with the summary of the product's. Arguments go to `go test`.
#
#   test.sh [ARG...]         everything but what builds whole programs, and a fifth
#                            of the random runs (go test -short)
#   test.sh --race [ARG...]  all of it, with the race detector
#   test.sh --times          the slowest twenty tests of the last run
set -eu
cd "$(dirname "$0")/.."
GO=${GO:-go}
root=$PWD

mode=short
case ${1-} in
--race | --times)
  mode=${1#--}
  shift
  ;;
esac

# Every test must run even where the runner cannot be fetched. It is a program of its
# own, so that what the tests are built with does not build it again.
runner=$root/bin/gotestsum
if ! CGO_ENABLED=0 "$GO" build -modfile=tools/go.mod -buildvcs=false -o "$runner" gotest.tools/gotestsum; then
  runner=
  echo "test: gotestsum cannot be had, so plain go test runs"
fi

# One file of results for each module.
results=$root/bin/tests

if [ "$mode" = times ]; then
  if [ -z "$runner" ] || ! ls "$results"/*.json >/dev/null 2>&1; then
    echo "test: no times to tell, run make test first" >&2
    exit 1
  fi
  cat "$results"/*.json | "$runner" tool slowest --threshold 0 --num 20 |
    awk '{ printf "%8s  %s  %s\n", $3, $1, $2 }'
  exit
fi

# Without the race detector the tests are built as the product is, and share what
# lint and build have compiled.
flags=-short
if [ "$mode" = short ]; then
  export CGO_ENABLED=0
# The race detector needs cgo, so a C compiler with its headers. Compiling
# runtime/cgo with -race tries exactly that, and is cached. Where it fails cgo is
# switched off, or a compiler without headers would fail the tests too.
elif "$GO" build -race runtime/cgo >/dev/null 2>&1; then
  flags='-race -timeout=20m'
else
  flags=-timeout=20m
  export CGO_ENABLED=0
  echo "test: the race detector needs a C compiler that works (gcc or clang): all tests run, but without it"
fi

rm -rf "$results"
mkdir -p "$results"

# run_tests NAME runs the tests of the module in the current directory.
run_tests() {
  name=$1
  shift
  # shellcheck disable=SC2086 # the flags are words
  if [ -n "$runner" ]; then
    "$runner" --format pkgname --format-hide-empty-pkg --jsonfile "$results/$name.json" -- $flags "$@" ./...
  else
    "$GO" test $flags "$@" ./...
  fi
}

status=0
if [ -f benchmarks/go.mod ]; then
  (cd benchmarks && run_tests benchmarks "$@") || status=$?
fi
(cd tools && run_tests tools "$@") || status=$?
run_tests product "$@" || status=$?
exit "$status"
