#!/bin/sh
# Runs the steps of examples/pipelines as shell, against the emulator and a bare repository:
#
#   sh Tests/Pipelines/run.sh
#
# What a CI system does around them (its triggers, its tokens, its runners) is not tried: there is none
# here. BANKHOOK names the binary, by default the debug build.
set -eu
cd "$(dirname "$0")/../.."
sh .ci/prepare git
python=$(sh .ci/python)
exec "$python" -B Tests/Pipelines/pipelines.py "${BANKHOOK:-.build/debug/bankhook}" examples/pipelines
