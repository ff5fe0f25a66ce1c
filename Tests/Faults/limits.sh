#!/bin/sh
# Limits of a process and its place, and many at once. See limits.py; run.sh runs all.
exec sh "$(dirname "$0")/run.sh" --script limits "$@"
