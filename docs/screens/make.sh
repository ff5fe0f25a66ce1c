#!/bin/sh
# Makes the pictures of the README from real runs of the debug build, against the emulator:
#
#   sh docs/screens/make.sh [FOLDER]      into this folder, or another; BANKHOOK names another binary
#
# A picture whose program says the same as before is left as it is.
set -eu

cd "$(dirname "$0")/../.."
sh .ci/prepare chromium-headless-shell git python3
target=${1:-docs/screens}
mkdir -p "$target"
clock=$(mktemp -d)
trap 'rm -rf "$clock"' EXIT
trap 'exit 1' INT TERM HUP
clang -shared -fPIC -o "$clock/clock.so" Tests/Pages/clock.c
CLOCK=$clock/clock.so python3 -B docs/screens/make.py \
    "$(realpath "${BANKHOOK:-.build/debug/bankhook}")" "$target"
