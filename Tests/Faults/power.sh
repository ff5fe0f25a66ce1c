#!/bin/sh
# Loses the power at every moment of an apply. See power.py; run.sh runs all of this folder.
exec sh "$(dirname "$0")/run.sh" --script power "$@"
