#!/bin/sh
# Measures the verdict on a megabyte of anything. See verdicts.py; run.sh runs most of this folder.
exec sh "$(dirname "$0")/run.sh" --script verdicts "$@"
