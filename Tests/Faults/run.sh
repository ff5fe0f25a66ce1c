#!/bin/sh
# What faults.md promises of a process and its disk, tried on the built binary.
#
#   sh Tests/Faults/run.sh [--long]
#   sh Tests/Faults/kill.sh [--store directory|git] [--long] [--only TRIAL]
#                                             (errors.sh and leaks.sh too; power.sh and limits.sh
#                                             have the directory store only)
#
# Without --store both are tried. BANKHOOK names the binary, by default that of `swift build`. The
# short form takes some minutes and tries an even sample of the points, always the same; the long form tries them all. Linux only.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
scripts="kill errors power limits leaks recover"
if [ "${1:-}" = --script ]; then
    scripts=$2
    shift 2
fi
if [ "$(uname -s)" != Linux ]; then
    echo "Tests/Faults: not run here: it needs Linux" >&2
    exit 0
fi
sh "$here/../../.ci/prepare" python3 strace git
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
    stores="directory git"
    # A disk that loses what was not synced is known for our own files only: git syncs its own.
    case $script in power | limits | verdicts | recover) stores=directory ;; esac
    case " $* " in *" --store "*) stores= ;; esac
    root=
    case $script in power | leaks) root=$as_root ;; esac
    for store in ${stores:-as-told}; do
        if [ "$store" = as-told ]; then
            $root python3 "$here/$script.py" "$@"
        else
            $root python3 "$here/$script.py" --store "$store" "$@"
        fi
    done
done
