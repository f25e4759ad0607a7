#!/usr/bin/env bash
# The main job from a bare checkout: builds, and runs `rnncompare run`. Further arguments go to that command.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

command -v dotnet >/dev/null || { echo 'run.sh: the .NET SDK 10 is missing: its command dotnet was not found.' >&2; exit 2; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet build "$root/experiments/RnnCompare.Cli" -c Release --nologo -v quiet >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
trap - EXIT
rm -f "$log"

# The current folder stays what it is, so that paths mean what they say.
exec dotnet "$root/artifacts/bin/RnnCompare.Cli/release/RnnCompare.Cli.dll" run "$@"
