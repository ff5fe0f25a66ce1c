#!/bin/sh
# Prints the bill of materials of a build:
#
#   packaging/sbom.sh BINARY VERSION EPOCH COMMIT static|dynamic
set -eu

cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP

# A library of the system: its version, and which package of which distribution it is.
library() {
    clang=$(dirname "$(readlink -f "$(command -v swift)")")/clang
    file=$(readlink -f "$("$clang" -print-file-name="$2")")
    owner=$(dpkg-query -S "$file" 2>/dev/null | sed -n '1s/:.*//p')
    if [ -n "$owner" ]; then
        version=$(dpkg-query -W -f '${Version}' "$owner")
        echo "$1=$version=pkg:deb/debian/$owner@$version"
    else
        echo "$1=unknown=pkg:generic/$1"
    fi
}

toolchain=$(swift --version 2>/dev/null)
toolchain=$(printf '%s\n' "$toolchain" | sed -n 's/.*\(Swift version [^ ]*\).*/\1/p')
[ -n "$toolchain" ] || {
    echo "swift --version tells no version" >&2
    exit 1
}
swift package show-dependencies --format json > "$work/graph.json" 2>"$work/errors" || {
    cat "$work/errors" >&2
    exit 1
}
python3 -B packaging/sbom.py "$1" --version "$2" --epoch "$3" --commit "$4" --link "$5" \
    --resolved Package.resolved --graph "$work/graph.json" --checkouts .build/checkouts \
    --toolchain "$toolchain" --library "$(library libyaml libyaml.a)" \
    --library "$(library zlib libz.a)" --library "$(library libstdc++ libstdc++.a)" \
    --library "swift-runtime=${toolchain##* }=pkg:github/swiftlang/swift@swift-${toolchain##* }-RELEASE"
