#!/bin/sh
# Runs govulncheck. A finding fails; a vulnerability database that cannot be
# reached does not, because that says nothing about the code.
set -eu
cd "$(dirname "$0")/.."
GO=${GO:-go}

if out=$("$GO" tool -modfile=tools/go.mod govulncheck ./... 2>&1); then
  exit 0
fi
case $out in
*"fetching vulnerabilities"*)
  echo "govulncheck: skipped, no vulnerability database reachable"
  exit 0
  ;;
esac
printf '%s\n' "$out" >&2
exit 1
