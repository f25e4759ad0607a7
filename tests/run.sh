#!/usr/bin/env bash
# Builds and runs every test; ends with `N passed, N failed`, counted from the test runner's own summary.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

command -v dotnet >/dev/null || { echo 'run.sh: the .NET SDK 10 is missing: its command dotnet was not found.' >&2; exit 2; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
# One test module at a time: several would fight over the cores with BLAS.
dotnet test -c Release --max-parallel-test-modules 1 2>&1 | tee "$log" || status=$?

count() { sed -n "s/^ *$1: *\([0-9][0-9]*\) *$/\1/p" "$log" | tail -n 1; }
total=$(count total) passed=$(count succeeded) failed=$(count failed)
if [[ ${total:-0} -eq 0 ]]; then
    echo 'No test ran.'
    [[ $status -ne 0 ]] || status=1
fi
echo "${passed:-0} passed, ${failed:-0} failed"
exit "$status"
