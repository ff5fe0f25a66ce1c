#!/bin/sh
# Prints the oldest glibc that a program runs on, by the versions of the symbols that it asks for:
#
#   packaging/glibc.sh FILE
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
objdump -T "$1" > "$work/symbols"
sed -n 's/.*(GLIBC_\([0-9.]*\)).*/\1/p;s/.* GLIBC_\([0-9.]*\) .*/\1/p' "$work/symbols" > "$work/versions"
[ -s "$work/versions" ] || {
    echo "$1 asks for no version of glibc: is it a program that is linked with it?" >&2
    exit 1
}
sort -u -V "$work/versions" | tail -n 1
