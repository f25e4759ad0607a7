#!/usr/bin/env bash
# Builds and runs every test; ends with `N passed, N failed`, counted from the test runner's own summary.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

command -v dotnet >/dev/null || { echo 'run.sh: the .NET SDK 10 is missing: its command dotnet was not found.' >&2; exit 2; }

# Programs that some tests need, each from a Debian package: installed where that can be done, otherwise named with what is left out.
# A command, or as COMMAND:MODULE a module of a Python.
has() {
    case $1 in
        *:*) "${1%%:*}" -c "import ${1#*:}" >/dev/null 2>&1 ;;
        *) command -v "$1" >/dev/null ;;
    esac
}
need() {
    local program=$1 package=$2 what=$3 as_root=()
    ! has "$program" || return 0
    [[ $EUID -eq 0 ]] || as_root=(sudo -n)
    as_root+=(env DEBIAN_FRONTEND=noninteractive)
    if command -v apt-get >/dev/null; then
        echo "run.sh: installing $package"
        "${as_root[@]}" apt-get install -y -q --no-install-recommends "$package" >/dev/null 2>&1 ||
            { "${as_root[@]}" apt-get update -q >/dev/null 2>&1 && "${as_root[@]}" apt-get install -y -q --no-install-recommends "$package" >/dev/null 2>&1; } || true
    fi
    has "$program" || echo "run.sh: $program is missing and could not be installed (Debian package $package): $what is not tested."
}

need chromium chromium 'what pages do in a browser'
need /usr/bin/python3:numpy python3-numpy 'that the NumPy programs save what is checked'

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
# Two test modules at a time, and one thread in each for libtorch's operators: more threads than cores wait for one another by spinning.
# No profiles: most code runs for less time than they take to pay.
export OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 DOTNET_TieredPGO=0
dotnet test -c Release --max-parallel-test-modules 2 2>&1 | tee "$log" || status=$?

count() { sed -n "s/^ *$1: *\([0-9][0-9]*\) *$/\1/p" "$log" | tail -n 1; }
total=$(count total) passed=$(count succeeded) failed=$(count failed)
if [[ ${total:-0} -eq 0 ]]; then
    echo 'No test ran.'
    [[ $status -ne 0 ]] || status=1
fi
echo "${passed:-0} passed, ${failed:-0} failed"
exit "$status"
