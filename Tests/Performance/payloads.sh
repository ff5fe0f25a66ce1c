#!/bin/sh
# How time and memory of `bankhook payloads` grow with the number of links. Judges nothing.
#
#   sh Tests/Performance/payloads.sh [RUNS] [COUNT …]
#
# BANKHOOK names the binary, by default the release build. Needs python3.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bankhook=${BANKHOOK:-$here/../../.build/release/bankhook}
runs=${1:-3}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- 1250 2500 5000
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "$here/payloads.py" "$(realpath "$bankhook")" "$work" "$runs" "$@"
