#!/bin/sh
# Kills an apply at every system call. See kill.py; run.sh runs all of this folder.
exec sh "$(dirname "$0")/run.sh" --script kill "$@"
