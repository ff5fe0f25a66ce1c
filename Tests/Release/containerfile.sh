#!/bin/sh
# Does the Containerfile hold what it promises? No engine runs here: its text is looked at, and the
# steps that install bankhook are run in a folder.
#
#   sh Tests/Release/containerfile.sh RELEASE
set -eu

file=$1/Containerfile
has() {
    grep -q -E -e "$1" "$file" || { echo "the Containerfile has no: $1" >&2; exit 1; }
}
has '^FROM .*debian:bookworm-slim$'
has 'ca-certificates git'
has '^USER 10001:10001$'
has '^ENTRYPOINT \["bankhook"\]$'
! grep -q '@' "$file" || { echo "the Containerfile has a name that was not filled in" >&2; exit 1; }

# The install step as it stands, with its folders moved to one of ours.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
release=$(cd "$1" && pwd)
sed -n '/^RUN --mount/,/^$/p' "$file" |
    sed -e '1d' -e 's/\\$//' -e "s|/release/|$release/|g" \
        -e "s|/usr/local|$work/local|g" > "$work/step"
grep -q install.sh "$work/step"
PATH=$work/local/bin:$PATH sh -c "$(tr '\n' ' ' < "$work/step")" > "$work/output" ||
    { cat "$work/output" >&2; echo "the Containerfile's install step fails" >&2; exit 1; }
grep -q '^bankhook [0-9]' "$work/output"
