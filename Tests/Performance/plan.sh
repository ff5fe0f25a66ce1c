#!/bin/sh
# Plan with nothing to do, beside the floor: sh Tests/Performance/plan.sh [BANKHOOK] [COUNT …]
#
# Prints wall time, processor time, peak memory and the ratio of section 12 of the specification.
# Nothing here is asserted: a machine's speed is not a property of the program.
set -eu
cd "$(dirname "$0")"
bankhook=${1:-../../.build/release/bankhook}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- 3 1000 10000 100000
bankhook=$(realpath "$bankhook")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc -O2 -o "$work/floor" floors/plan.c -lyaml
for count in "$@"; do
    fleet=$work/$count
    python3 fleet.py "$count" "$fleet"
    runs=15
    [ "$count" -lt 10000 ] || runs=5
    echo "plan, nothing to do, $count environments"
    python3 measure.py "$runs" \
        "$work/floor $fleet/bankhook.yaml $fleet/bankhook.state" \
        "$bankhook plan --config $fleet/bankhook.yaml"
done
