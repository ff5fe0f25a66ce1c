#!/bin/sh
# Breaks one promise of install.sh at a time, and tells whether Tests/Release/install.sh notices.
#
#   sh Tests/Release/bugs.sh
set -eu

cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
missed=0

# bug NAME SED: a change to install.sh that breaks a promise.
bug() {
    sed -e "$2" packaging/install.sh > "$work/install.sh"
    if cmp -s "$work/install.sh" packaging/install.sh; then
        outcome="does not apply"
    elif INSTALL=$work/install.sh sh Tests/Release/install.sh > "$work/log" 2>&1; then
        outcome=MISSED
    else
        outcome=caught
    fi
    [ "$outcome" = caught ] || missed=$((missed + 1))
    printf '%-16s %-26s %s\n' "$outcome" "$1" "$(tail -n 1 "$work/log" | cut -c 1-100)"
}

bug wrong-checksum-installed 's#^    \[ "$(sum_of "$tarball")" = "$expected" \] ||#    true ||#'
bug foreign-file-replaced 's|&& ! is_ours "$path"; then|\&\& false; then|'
bug link-called-absent 's/\[ -e "$1" \] || \[ -L "$1" \]/[ -e "$1" ]/'
bug changed-file-removed 's|^        if is_ours "$path"; then|        if true; then|'
bug list-written-last '/^sort -u "$work\/new" "$work\/old"/,/^mv /d'
bug old-list-dropped 's|^sort -u "$work/new" "$work/old"|sort -u "$work/new"|'
bug old-file-left 's|^remove_files "$work/gone"|true|'
bug folders-forgotten 's|^    remove_folders "$work/folders"|    true|'
bug written-in-place 's|^    cp "$source/$path" "$staging/file"|    : > "$target"; &|'
[ "$missed" -eq 0 ]
