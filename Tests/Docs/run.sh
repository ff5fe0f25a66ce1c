#!/bin/sh
# Runs what the pages under docs/ tell a reader to run, against the emulator:
#
#   sh Tests/Docs/run.sh [PAGE …]
#
# BANKHOOK names the binary, by default the debug build.
set -eu
cd "$(dirname "$0")/../.."
sh .ci/prepare git python3
[ $# -gt 0 ] || set -- docs/tutorial.md docs/operations.md
exec python3 -B Tests/Docs/documents.py "${BANKHOOK:-.build/debug/bankhook}" "$@"
