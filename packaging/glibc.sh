#!/bin/sh
# Prints the oldest glibc that a program runs on, by the versions of the symbols that it asks for:
#
#   packaging/glibc.sh FILE
set -eu
objdump -T "$1" | sed -n 's/.*(GLIBC_\([0-9.]*\)).*/\1/p;s/.* GLIBC_\([0-9.]*\) .*/\1/p' |
    sort -u -V | tail -n 1
