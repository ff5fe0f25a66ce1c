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

bug wrong-checksum-installed 's#^        \[ "$(sum_of "$tarball")" = "$expected" \] ||#        true ||#'
bug foreign-file-replaced 's|&& ! is_ours "$path"; then|\&\& false; then|'
bug link-called-absent 's/\[ -e "$1" \] || \[ -L "$1" \]/[ -e "$1" ]/'
bug changed-file-removed 's|^        if is_ours "$path"; then|        if true; then|'
bug list-written-last '/^    sort -u "$work\/new" "$work\/old"/,/^    mv /d'
bug old-list-dropped 's|^    sort -u "$work/new" "$work/old"|    sort -u "$work/new"|'
bug old-file-left 's|^    remove_files "$work/gone"|    true|'
bug folders-forgotten 's|^    remove_folders "$work/folders"|    true|'
bug written-in-place 's|^        cp "$source/$path" "$staging/file"|        : > "$target"; &|'
bug torn-copy-placed '/was changed meanwhile"$/d'
bug no-lock 's|^    take_lock$|    make_folders "$records"; locked=yes|'
bug lock-of-a-removed-file 's/^        \[ "$(tail -n 1 "$lock".* || break/        break/'
bug wait-without-end 's/^            flock -w 60 9 ||/            true ||/'
bug closed-to-others '/^        bin\/\*) chmod 755/s/chmod 755/: /'
bug unlisted-file-installed 's|^    sed .s/^\[^ \]\*  //. "$work/listed"|    (cd "$source" \&\& sha256sum bin/git >> "$work/listed" 2>/dev/null) \|\| true; &|'
bug list-leads-out 's/ || not_plain "$work\/listed" >&2; then/; then/'
bug record-leads-out '/not_plain "$installed"/d'
bug blocked-folder-late 's/^    if \[ -s "$work\/blocked" \]/    if false/'
bug not-removed-forgotten 's/ || echo "$path" >> "$work\/stuck"/ || true/'
bug half-a-script-runs '/^{$/d;$d'
[ "$missed" -eq 0 ]
