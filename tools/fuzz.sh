#!/bin/sh
# Runs every fuzz target of the product, one after another, for the time given
# as the first argument (10s). go test fuzzes one target of one package a run.
set -eu
cd "$(dirname "$0")/.."
GO=${GO:-go}
duration=${1:-10s}

# go test -list prints a package's targets, then a line "ok PACKAGE TIME".
list=$("$GO" test -list '^Fuzz' ./...) || {
  printf '%s\n' "$list" >&2
  exit 1
}
targets=$(printf '%s\n' "$list" | awk '
  /^Fuzz/ { names[n++] = $1 }
  $1 == "ok" { for (i = 0; i < n; i++) print $2, names[i]; n = 0 }')

if [ -z "$targets" ]; then
  echo "fuzz: no fuzz targets"
  exit 0
fi
printf '%s\n' "$targets" | while read -r package name; do
  echo "fuzz: $package $name for $duration"
  "$GO" test -run '^$' -fuzz "^$name\$" -fuzztime "$duration" "$package" </dev/null
done
