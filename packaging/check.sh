#!/bin/sh
# Is this a binary to release?
#
#   packaging/check.sh FILE
#
# It may load the C library, libm and libgcc_s, must run on a glibc that is old enough, and holds no path
# of the machine that built it. Nor may full Foundation be back with its ICU, half of what the binary would
# weigh then. Prints the oldest glibc; ends with 1 and the reason where it is none.
set -eu

binary=$1
oldest=2.34 # Debian 12, Ubuntu 22.04, RHEL 9
cd "$(dirname "$0")/.."
root=$(pwd -P)

fail() {
    echo "not to be released: $1" >&2
    exit 1
}

needs=$(sh packaging/glibc.sh "$binary")
newest=$(printf '%s\n%s\n' "$needs" "$oldest" | sort -V | tail -n 1)
[ "$newest" = "$oldest" ] ||
    fail "it needs glibc $needs, newer than $oldest: build on an older system"

libraries=$(ldd "$binary") || fail "ldd does not tell what it loads"
loaded=$(printf '%s\n' "$libraries" | sed -n 's/^[[:space:]]*\([^ ]*\) .*/\1/p' |
    grep -v -x -F -e linux-vdso.so.1 -e libc.so.6 -e libm.so.6 -e libgcc_s.so.1 \
        -e /lib64/ld-linux-x86-64.so.2 || true)
[ -z "$loaded" ] || fail "it loads $(echo $loaded), which not every system has; link it statically"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
strings -a "$binary" > "$work/strings"
if grep -F -e "$root/" -e "${HOME:-/root}/" "$work/strings" > "$work/paths"; then
    head -n 3 "$work/paths" >&2
    fail "it holds paths of this machine (above); map them away with -file-prefix-map"
fi
if grep -q '^icudt' "$work/strings"; then
    fail "ICU is linked in: find the object that imports Foundation, not FoundationEssentials"
fi
echo "$needs"
