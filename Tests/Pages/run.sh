#!/bin/sh
# Looks at the page of `state history` with a browser: a real history, and hostile commits in it.
#
#   sh Tests/Pages/run.sh [PAGE]       keeps the page there; BANKHOOK names another binary
set -eu

cd "$(dirname "$0")/../.."
sh .ci/prepare chromium-headless-shell curl python3
bankhook=$(realpath "${BANKHOOK:-.build/debug/bankhook}")
workplace=$(mktemp -d)
trap 'rm -rf "$workplace"' EXIT
trap 'exit 1' INT TERM HUP

echo "Making a history of twenty applies …"
BANKHOOK=$bankhook sh Tests/Pages/sequence.sh "$workplace/repository"
echo "Looking at its page …"
PYTHONDONTWRITEBYTECODE=1 python3 Tests/Pages/check_page.py \
    "$bankhook" "$workplace/repository" "${1:-$workplace/history.html}"
