#!/bin/sh
# Runs what the pages under docs/ tell a reader to run, against the emulator, and checks that what they
# show is what is printed, that links lead somewhere, and that the reference pages name everything:
#
#   sh Tests/Docs/run.sh [PAGE …]
#
# With a PAGE, only what it tells to run. BANKHOOK names the binary, by default the debug build.
set -eu
cd "$(dirname "$0")/../.."
sh .ci/prepare curl git jq python3
exec python3 -B Tests/Docs/documents.py "${BANKHOOK:-.build/debug/bankhook}" "$@"
