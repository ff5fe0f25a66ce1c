#!/bin/sh
# Packs the built binary as a release, and looks at what comes out as those do who get it:
#
#   sh Tests/Release/run.sh [DIR]      keeps the release in DIR; BANKHOOK names another binary
set -eu

cd "$(dirname "$0")/../.."
sh .ci/prepare fish git groff mandoc python3 zsh
[ -f /usr/share/bash-completion/bash_completion ] || sh .ci/prepare bash-completion
bankhook=$(realpath "${BANKHOOK:-.build/debug/bankhook}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
release=${1:-$work/release}

fail() {
    echo "$1" >&2
    exit 1
}

echo "Trying install.sh, cut short at each step too …"
sh Tests/Release/install.sh
echo "Looking at what must not be released …"
sh Tests/Release/refused.sh
echo "Making it with programs that die half way …"
sh Tests/Release/broken.sh "$bankhook"

echo "Packing the debug binary …"
.ci/release --binary "$bankhook" --output "$release" > "$work/summary"
tarball=$(echo "$release"/bankhook-*-linux-x86_64-debug.tar.gz)
deb=$(echo "$release"/bankhook_*_amd64-debug.deb)
(cd "$release" && sha256sum --quiet -c SHA256SUMS)
mkdir "$work/elsewhere"
TMPDIR=$work/elsewhere TZ=Asia/Kolkata .ci/release --binary "$bankhook" --output "$work/again" > /dev/null
cmp "$release/SHA256SUMS" "$work/again/SHA256SUMS" || fail "packing twice gives different bytes"
rm -r "$work/again"
grep -q '^glibc     2\.' "$work/summary" || fail "the oldest glibc is not told"

echo "Every command's help has an example …"
"$bankhook" --experimental-dump-help > "$work/dump.json"
python3 -B packaging/man.py "$work/dump.json" --missing

echo "Installing the tarball …"
sh "$release/install.sh" --prefix "$work/prefix" > "$work/said"
"$work/prefix/bin/bankhook" --version | grep -q '^bankhook ' || fail "what was installed does not run"
grep -q 'is not on your PATH' "$work/said" || fail "a PATH without it is not told"

echo "Manual pages without a warning …"
pages=$work/prefix/share/man/man1
mandoc -T lint -W warning "$pages"/*.1
for page in "$pages"/*.1; do
    groff -man -ww -T utf8 -K utf8 "$page" 2>&1 > /dev/null | grep . && fail "groff: $page"
    mandoc -T html "$page" | grep -q SYNOPSIS || fail "$page has no synopsis"
done
for section in 'EXIT STATUS' ENVIRONMENT FILES EXAMPLES 'SEE ALSO'; do
    grep -q "^.SH $section\$" "$pages/bankhook.1" || fail "bankhook.1 has no section $section"
done
[ -f "$pages/bankhook-state-move.1" ] || fail "a command of a command has no page"

echo "Completions in real shells …"
sh Tests/Release/completions.sh "$work/prefix"

echo "The Debian package …"
sh Tests/Release/deb.sh "$deb"
echo "The bill of materials …"
$(sh Tests/Release/python) -B Tests/Release/check_sbom.py "$release"/bankhook-*.spdx.json \
    "$work/prefix/bin/bankhook" Package.resolved packaging/pins.json
echo "The Containerfile …"
sh Tests/Release/containerfile.sh "$release"

# What docs/install.md tells to type has these names.
grep -o 'bankhook[-_][0-9][^ ]*\.\(tar\.gz\|deb\)' docs/install.md | sort -u | while IFS= read -r name; do
    ls "$release" | sed 's/-debug//' | grep -q -x -F "$name" || fail "docs/install.md names $name"
done
sh "$release/install.sh" --uninstall --prefix "$work/prefix" > /dev/null
[ ! -e "$work/prefix" ] || fail "uninstalling left $(find "$work/prefix")"
echo "The release is whole."
