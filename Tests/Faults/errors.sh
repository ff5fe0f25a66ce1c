#!/bin/sh
# Lets writes, syncs and renames fail. See errors.py; run.sh runs all of this folder.
exec sh "$(dirname "$0")/run.sh" --script errors "$@"
