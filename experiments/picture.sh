#!/usr/bin/env bash
# Makes docs/report.png, the picture in the README: the report of a real run, as a browser shows it. Further arguments go to `rnncompare run`.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

command -v chromium >/dev/null || { echo 'picture.sh: chromium is missing (Debian package chromium).' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$root/experiments/run.sh" --output "$work/run" "$@"
# An empty profile and no network: the page must need neither. The height ends below the loss curves.
chromium --headless --no-sandbox --disable-gpu --disable-background-networking --no-first-run --hide-scrollbars \
    --user-data-dir="$work/profile" --window-size=1280,2280 --virtual-time-budget=4000 \
    --screenshot="$root/docs/report.png" "file://$work/run/report.html" 2>/dev/null
echo "docs/report.png: $(wc -c < "$root/docs/report.png") bytes"
