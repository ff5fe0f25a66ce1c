#!/bin/sh
# How much longer an apply takes with the git store than with the directory store. Judges nothing.
#
#   sh Tests/Performance/stores.sh [RUNS] [COUNT …]
#
# BANKHOOK names the binary, by default the release build. Needs git and python3.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bankhook=${BANKHOOK:-$here/../../.build/release/bankhook}
runs=${1:-5}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- 3 100 1000
# On the disk that the repository is on: /tmp may be memory, where syncs cost nothing.
bankhook=$(realpath "$bankhook")
work=$(realpath "$(mktemp -d "$here/../../.build/stores.XXXXXX")")
trap 'rm -rf "$work"' EXIT
python3 "$here/stores.py" "$bankhook" "$work" "$runs" "$@"
