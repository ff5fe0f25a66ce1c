#!/bin/sh
# What faults.md promises of a process and its disk, tried on the built binary.
#
#   sh Tests/Faults/run.sh [--long]
#   sh Tests/Faults/kill.sh [--long] [--only TRIAL]     (errors.sh, power.sh, limits.sh, leaks.sh)
#
# BANKHOOK names the binary, by default that of `swift build`. The short form takes a minute or two
# and tries an even sample of the points, always the same; the long form tries them all. Linux only.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
scripts="kill errors power limits leaks"
if [ "${1:-}" = --script ]; then
    scripts=$2
    shift 2
fi
if [ "$(uname -s)" != Linux ]; then
    echo "Tests/Faults: not run here: it needs Linux" >&2
    exit 0
fi
sh "$here/../../.ci/prepare" python3 strace
if [ -z "${BANKHOOK:-}" ]; then
    BANKHOOK=$(cd "$here/../.." && swift build --show-bin-path)/bankhook
fi
if [ ! -x "$BANKHOOK" ]; then
    echo "$BANKHOOK is missing: swift build --product bankhook" >&2
    exit 1
fi
export BANKHOOK PYTHONDONTWRITEBYTECODE=1

# strace reads the memory of a program that forbids core files as root only, if need be as the root
# of a user namespace of its own.
as_root=
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n -E"
    if unshare --map-root-user true 2>/dev/null; then as_root="unshare --map-root-user"; fi
fi
for script in $scripts; do
    case $script in
    power | leaks) $as_root python3 "$here/$script.py" "$@" ;;
    *) python3 "$here/$script.py" "$@" ;;
    esac
done
