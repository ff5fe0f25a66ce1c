#!/bin/sh
# Many appliers on clones of one remote: sh Tests/Faults/clones.sh [APPLIERS] [CLONES] [APPLIES] [SEED]
#
# Applies that edit, collide, are killed, stopped and refused; in the end one judge holds the
# branch's history against the server's log. The long form: clones.sh 32 8 1000. From 500 applies on
# some are stopped until their lease has ended. $BANKHOOK names another binary.
set -eu
cd "$(dirname "$0")"
bankhook=${BANKHOOK:-../../.build/debug/bankhook}
python3 -B clones_judge_test.py -q
exec python3 -B clones.py "$bankhook" "${1:-8}" "${2:-4}" "${3:-60}" "${4:-1}"
