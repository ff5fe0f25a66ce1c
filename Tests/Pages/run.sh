#!/bin/sh
# Looks at bankhook's pages with a browser: `state history` of a real history, with hostile commits in
# it, and the emulator's status page, with hostile callers. And makes the README's pictures, aside.
#
#   sh Tests/Pages/run.sh [PAGE]       keeps the history's page; BANKHOOK names another binary
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
echo "Looking at the emulator's page …"
PYTHONDONTWRITEBYTECODE=1 python3 Tests/Pages/check_emulator.py \
    "$bankhook" "$workplace/emulator.html"
echo "Making the pictures of the README; those that would change are named …"
cp -R docs/screens "$workplace/screens"
BANKHOOK=$bankhook sh docs/screens/make.sh "$workplace/screens"
