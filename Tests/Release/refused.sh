#!/bin/sh
# Are a binary that loads more than it may, one that needs a newer glibc, one that holds a path of the
# machine and one that holds ICU named and refused?
set -eu

cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
clang=$(dirname "$(readlink -f "$(command -v swift)")")/clang

# refused WHY OPTION …: a program that is built with these.
refused() {
    why=$1
    shift
    "$clang" "$@" -o "$work/program"
    if sh packaging/check.sh "$work/program" > /dev/null 2> "$work/errors"; then
        echo "a binary is not refused although: $why" >&2
        exit 1
    fi
    grep -q "$why" "$work/errors" || { cat "$work/errors" >&2; echo "not told: $why" >&2; exit 1; }
}

echo 'int main(void) { return 0; }' > "$work/plain.c"
"$clang" "$work/plain.c" -o "$work/program"
sh packaging/check.sh "$work/program" > /dev/null
refused 'libyaml-0.so' "$work/plain.c" -Wl,--no-as-needed -lyaml
printf 'const char *volatile path = "%s/Sources/x.swift"; int main(void) { return path[0]; }\n' \
    "$(pwd -P)" > "$work/path.c"
refused 'paths of this machine' "$work/path.c"
echo 'const char *volatile data = "icudt74l"; int main(void) { return data[0]; }' > "$work/icu.c"
refused 'ICU is linked in' "$work/icu.c"

# A library that stands for a newer glibc: the same name, and a version that is not there yet.
echo 'int newer(void) { return 0; }' > "$work/newer.c"
echo 'GLIBC_2.99 { newer; };' > "$work/newer.map"
"$clang" -shared "$work/newer.c" -o "$work/libm.so.6" -Wl,-soname,libm.so.6 \
    -Wl,--version-script="$work/newer.map"
echo 'int newer(void); int main(void) { return newer(); }' > "$work/new.c"
refused 'needs glibc 2.99' "$work/new.c" "$work/libm.so.6"
