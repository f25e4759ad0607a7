#!/usr/bin/env bash
# The main job from a bare checkout: sets up, builds, and runs `rnncompare run`. Further arguments go to that command.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

(cd -- "$root" && ./setup.sh)
provider=$(dotnet msbuild "$root/experiments/RnnCompare.Cli" -getProperty:TorchProvider)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet build "$root/experiments/RnnCompare.Cli" -c Release --nologo -v quiet >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
trap - EXIT
rm -f "$log"

# The current folder stays what it is, so that paths mean what they say.
exec dotnet "$root/artifacts/$provider/bin/RnnCompare.Cli/release/RnnCompare.Cli.dll" run "$@"
