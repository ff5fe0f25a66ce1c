#!/bin/sh
# Does the Containerfile hold what it promises? No engine runs here: its text is looked at, and the
# steps that install bankhook are run in a folder. What docs/install.md says of ssh and users is tried with
# ssh itself.
#
#   sh Tests/Release/containerfile.sh RELEASE
set -eu

file=$1/Containerfile
has() {
    grep -q -E -e "$1" "$file" || { echo "the Containerfile has no: $1" >&2; exit 1; }
}
has '^ARG BASE=docker.io/library/debian:bookworm-slim$'
has '^FROM \$BASE$'
has 'ca-certificates git'
has '^USER 10001:10001$'
has '^ENTRYPOINT \["bankhook"\]$'
! grep -q '@[A-Z]*@' "$file" || { echo "the Containerfile has a name that was not filled in" >&2; exit 1; }

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

# A user whom /etc/passwd does not name, as --user makes one: ssh refuses, until it is told the name.
if [ "$(id -u)" -eq 0 ] && command -v ssh > /dev/null && command -v setpriv > /dev/null &&
    unshare -m true 2>/dev/null; then
    uid=48123
    ! getent passwd $uid > /dev/null || { echo "there is a user $uid here" >&2; exit 1; }
    echo "somebody:x:$uid:$uid::/nonexistent:/bin/sh" > "$work/passwd"
    chmod 755 "$work"
    as="setpriv --reuid=$uid --regid=$uid --clear-groups ssh -F none -o UserKnownHostsFile=/ssh/known_hosts"
    ! $as -G git.example > /dev/null 2> "$work/errors" || { echo "ssh needs no user's name" >&2; exit 1; }
    grep -q 'No user exists' "$work/errors"
    unshare -m sh -e -c "mount --bind '$work/passwd' /etc/passwd; $as -i /ssh/key -G git.example" \
        > "$work/output" 2> "$work/errors" || { echo "ssh refuses a user whose name it is told" >&2; exit 1; }
    grep -q -x 'userknownhostsfile /ssh/known_hosts' "$work/output"
fi
