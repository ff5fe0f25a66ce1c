#!/bin/sh
# Installs bankhook, or takes it out again:
#
#   sh install.sh [--prefix DIR] [TARBALL]
#   sh install.sh --uninstall [--prefix DIR]
#
# Without TARBALL it installs the folder that it lies in, or else the only tarball beside it. A tarball is
# checked against the SHA256SUMS beside it, a folder against the one inside, and only what that one names
# is installed. DIR is ~/.local unless named.
#
# What was installed stands in DIR/share/bankhook/installed, as checksums and paths, before the first
# file is put in place. So an install that was cut short is finished by the next one, or taken out by
# --uninstall, and no file that others made or changed is ever replaced or removed. One run at a time
# changes DIR; another waits for it.

# To the last line: of a script that was cut short on its way here nothing is run.
{
set -eu
umask 022
LC_ALL=C
export LC_ALL

say() {
    echo "$1"
}

fail() {
    echo "install.sh: $1" >&2
    exit 1
}

usage() {
    echo "install.sh: $1" >&2
    echo "usage: sh install.sh [--prefix DIR] [TARBALL], or sh install.sh --uninstall [--prefix DIR]" >&2
    exit 64
}

# A path as a shell takes it.
quoted() {
    case $1 in
    *[!A-Za-z0-9_./+-]*) printf '%s\n' "$1" | sed -e "s/'/'\\\\''/g" -e "s/^/'/" -e "s/\$/'/" ;;
    *) printf '%s\n' "$1" ;;
    esac
}

cleanup() {
    if [ -n "$locked" ]; then
        rm -rf "$staging"
        rm -f "$lock"
    fi
    [ -n "$begun" ] || [ ! -f "$work/made" ] || remove_folders "$work/made"
    rm -rf "$work"
    [ "$begun" != yes ] || echo "install.sh: only a part is in place in $prefix: mend what is named above," \
        "if anything, and run this again to finish it, or take it out with --uninstall" >&2
}

sum_of() {
    sha256sum < "$1" | cut -d ' ' -f 1
}

# Did install.sh put this file there, and has nobody changed it since?
is_ours() {
    [ -f "$installed" ] && [ ! -L "$prefix/$1" ] && [ -f "$prefix/$1" ] &&
        grep -q -x -F "$(sum_of "$prefix/$1")  $1" "$installed"
}

exists() {
    [ -e "$1" ] || [ -L "$1" ]
}

# Lines "checksum  path" whose path leads out of its folder, or is no plain path.
not_plain() {
    grep -E '^[^ ]*  (.*/)?(\.|\.\.)?(/.*)?$' "$1"
}

# Removes the files that a list names where they are as they were installed, and names the others. Ends
# the script where one cannot be removed: the list still has it then.
remove_files() {
    : > "$work/stuck"
    while IFS= read -r line; do
        path=${line#*  }
        exists "$prefix/$path" || continue
        if is_ours "$path"; then
            rm -f "$prefix/$path" || echo "$path" >> "$work/stuck"
        else
            echo "kept, since it was changed: $prefix/$path" >&2
        fi
    done < "$1"
    [ ! -s "$work/stuck" ] || fail "some files could not be removed (above): run this again as who may"
}

# Makes a folder, and notes which ones it made for that.
make_folders() {
    folder=$1
    while [ ! -d "$folder" ]; do
        printf '%s\n' "$folder" >> "$work/made"
        folder=$(dirname "$folder")
    done
    mkdir -p "$1"
}

# Removes the folders that install.sh made, where they are empty.
remove_folders() {
    sort -r "$1" | while IFS= read -r path; do
        if [ -n "$path" ] && [ -d "$path" ]; then rmdir "$path" 2>/dev/null || true; fi
    done
}

# Waits until no other run changes the prefix. The kernel holds the lock for as long as this run, or a
# command that it started, lives: one that was killed leaves a file that locks nothing.
take_lock() {
    me="process $$ on $(uname -n), since $(date '+%F %T')"
    while :; do
        [ -n "$uninstall" ] || make_folders "$records" ||
            fail "$records cannot be made (above). Nothing was changed"
        [ -d "$records" ] || [ -z "$uninstall" ] || fail "nothing that this script installed is in $prefix"
        if ! { command exec 9>> "$lock"; } 2> "$work/error"; then
            # Its folder went away with the run that was waited for.
            [ -d "$records" ] || continue
            cat "$work/error" >&2
            fail "$lock cannot be written (above). Nothing was changed"
        fi
        flock -n 9 || {
            who=$(tail -n 1 "$lock" 2>/dev/null) || who=
            echo "install.sh: another install.sh is at work in $prefix (${who:-it began just now});" \
                "waiting for it" >&2
            flock -w 60 9 ||
                fail "that other one has not ended in a minute. Nothing was changed: run this again later"
        }
        # The run that had the lock removes the file: is the one that is locked still in its place?
        echo "$me" >&9
        [ "$(tail -n 1 "$lock" 2>/dev/null)" != "$me" ] || break
    done
    locked=yes
}

uninstall() {
    [ -d "$records" ] || fail "nothing that this script installed is in $prefix"
    take_lock
    [ -f "$folders" ] || [ ! -f "$folders.new" ] || mv "$folders.new" "$folders"
    [ -f "$installed" ] || [ -f "$folders" ] ||
        fail "nothing that this script installed is in $prefix"
    if [ -f "$installed" ]; then
        ! not_plain "$installed" >&2 || fail "$installed was changed (above): take those lines out. Nothing was changed"
        remove_files "$installed"
    fi
    rm -rf "$staging"
    : > "$work/folders"
    [ ! -f "$folders" ] || cp "$folders" "$work/folders"
    rm -f "$installed" "$installed.new" "$folders.new" "$folders" "$lock"
    locked=
    remove_folders "$work/folders"
    say "bankhook was taken out of $prefix"
}

# What is installed from: a folder, checked. Sets source, version, and the lists in $work.
find_source() {
    here=$(cd "$(dirname "$0")" && pwd)
    if [ -z "$tarball" ] && [ ! -f "$here/bin/bankhook" ]; then
        for candidate in "$here"/bankhook-*-linux-x86_64*.tar.gz; do
            [ -f "$candidate" ] || continue
            [ -z "$tarball" ] || fail "several tarballs lie in $here: name one of them"
            tarball=$candidate
        done
        [ -n "$tarball" ] || fail "no tarball lies in $here: name one"
    fi
    if [ -n "$tarball" ]; then
        [ -f "$tarball" ] || fail "there is no file $tarball"
        sums=$(dirname "$tarball")/SHA256SUMS
        name=$(basename "$tarball")
        [ -f "$sums" ] || fail "no SHA256SUMS lies beside $tarball: download it too"
        expected=$(sed -n 's/^\([0-9a-f]\{64\}\) [ *]\(\.\/\)*/\1  /p' "$sums" |
            NAME=$name awk 'substr($0, 67) == ENVIRON["NAME"] { print $1 }' | sort -u)
        [ -n "$expected" ] || fail "SHA256SUMS does not name $name"
        [ "$(sum_of "$tarball")" = "$expected" ] ||
            fail "the checksum of $name is not the one in SHA256SUMS: download it again. Nothing was changed"
        mkdir "$work/tarball"
        gzip -d -c "$tarball" > "$work/tar" && tar -x -f "$work/tar" -C "$work/tarball" ||
            fail "$name could not be unpacked in $work (above): TMPDIR names another place. Nothing was changed"
        rm "$work/tar"
        set -- "$work/tarball"/*/
        source=${1%/}
    else
        source=$here
    fi

    # The list says what is installed. Whatever else lies there is not of the release.
    [ -f "$source/SHA256SUMS" ] || fail "$source/SHA256SUMS is missing: unpack the tarball again"
    sed 's/^\([0-9a-f]\{64\}\) [ *]\(\.\/\)*/\1  /' "$source/SHA256SUMS" | sort -u -k 2 > "$work/listed"
    if grep -v -E '^[0-9a-f]{64}  .' "$work/listed" >&2 || not_plain "$work/listed" >&2; then
        fail "$source/SHA256SUMS has lines that name no file of a release (above). Nothing was changed"
    fi
    (cd "$source" && sha256sum -c "$work/listed" >/dev/null 2>&1) && [ -s "$work/listed" ] ||
        fail "files in $source are not those of the release: unpack it again. Nothing was changed"
    sed 's/^[^ ]*  //' "$work/listed" > "$work/names"
    (cd "$source" && find . ! -type d) | sed 's|^\./||' > "$work/found"
    grep -v -x -F -f "$work/names" "$work/found" | grep -v -x -F SHA256SUMS > "$work/more" || true
    while IFS= read -r path; do
        echo "install.sh: not of the release, and not installed: $source/$path" >&2
    done < "$work/more"
    grep -q -x -F bin/bankhook "$work/names" ||
        fail "$source/SHA256SUMS names no bin/bankhook: unpack the tarball again. Nothing was changed"

    version=$("$source/bin/bankhook" --version 2>"$work/error") || {
        status=$?
        cat "$work/error" >&2
        [ "$status" -ne 126 ] ||
            echo "install.sh: is $source on a file system that is mounted noexec?" \
                "Unpack it elsewhere: for a tarball, TMPDIR names the place" >&2
        fail "the binary does not run here (above). Nothing was changed"
    }

    # Each file of the release, and where it goes.
    while IFS= read -r line; do
        path=${line#*  }
        case $path in
        bin/* | share/*) target=$path ;;
        schema/*) target=share/bankhook/$path ;;
        LICENSE | NOTICES.txt) target=share/doc/bankhook/$path ;;
        *) continue ;;
        esac
        printf '%s  %s\n' "${line%%  *}" "$target" >> "$work/new"
        printf '%s\n' "$path" >> "$work/sources"
    done < "$work/listed"
}

# Can each folder be made, and written to? Told before anything is changed.
check_folders() {
    { sed 's/^[^ ]*  //' "$work/new"; echo share/bankhook/installed; } | sed 's|/[^/]*$||' |
        sort -u > "$work/parents"
    while IFS= read -r path; do
        folder=$prefix/$path
        until exists "$folder"; do folder=$(dirname "$folder"); done
        if [ ! -d "$folder" ]; then
            echo "no folder: $folder"
        elif [ ! -w "$folder" ] || [ ! -x "$folder" ]; then
            echo "not writable: $folder"
        fi
    done < "$work/parents" | sort -u > "$work/blocked"
    if [ -s "$work/blocked" ]; then
        cat "$work/blocked" >&2
        fail "files have to go there (above): make room, or name another folder with --prefix. Nothing was changed"
    fi
}

install() {
    [ "$(uname -s) $(uname -m)" = "Linux x86_64" ] ||
        fail "this is a binary for Linux on x86_64; on another machine, build from the sources"
    find_source
    check_folders
    take_lock

    # Nothing changes where a file of somebody else stands in the way.
    while IFS= read -r line; do
        path=${line#*  }
        if exists "$prefix/$path" && ! is_ours "$path"; then
            echo "$prefix/$path" >> "$work/foreign"
        fi
    done < "$work/new"
    if [ -s "$work/foreign" ]; then
        cat "$work/foreign" >&2
        fail "not installed by this script, or changed since (above): move it away. Nothing was changed"
    fi

    # The folders that are missing, then the record of both, then the files.
    : > "$work/folders"
    [ ! -f "$folders" ] || cat "$folders" >> "$work/folders"
    [ ! -f "$work/made" ] || cat "$work/made" >> "$work/folders"
    while IFS= read -r path; do
        folder=$prefix/$path
        while [ ! -d "$folder" ]; do
            printf '%s\n' "$folder" >> "$work/folders"
            folder=$(dirname "$folder")
        done
    done < "$work/parents"
    : > "$work/old"
    [ ! -f "$installed" ] || cat "$installed" >> "$work/old"
    if not_plain "$work/old" >&2; then
        fail "$installed was changed (above): take those lines out. Nothing was changed"
    fi
    begun=yes
    sort -u "$work/folders" > "$folders.new"
    mv "$folders.new" "$folders"
    sort -u "$work/new" "$work/old" > "$installed.new"
    mv "$installed.new" "$installed"

    rm -rf "$staging"
    mkdir "$staging"
    count=0
    while IFS= read -r path <&3 && IFS= read -r line <&4; do
        target=$prefix/${line#*  }
        mkdir -p "$(dirname "$target")"
        cp "$source/$path" "$staging/file"
        [ "$(sum_of "$staging/file")" = "${line%%  *}" ] || fail "$source/$path was changed meanwhile"
        # Whatever the umask was where it was unpacked.
        case $path in
        bin/*) chmod 755 "$staging/file" ;;
        *) chmod 644 "$staging/file" ;;
        esac
        mv -f "$staging/file" "$target"
        count=$((count + 1))
    done 3< "$work/sources" 4< "$work/new"
    rm -rf "$staging"

    # What an earlier version had and this one has not.
    sed 's/^[^ ]*  //' "$work/new" | sort > "$work/paths"
    while IFS= read -r line; do
        grep -q -x -F "${line#*  }" "$work/paths" || printf '%s\n' "$line"
    done < "$work/old" > "$work/gone"
    remove_files "$work/gone"
    cp "$work/new" "$installed.new"
    mv "$installed.new" "$installed"
    begun=ended

    say "$version is installed: $count files in $prefix"
    say "take it out with: sh install.sh --uninstall --prefix $(quoted "$prefix")"
    case ":${PATH:-}:" in
    *":$prefix/bin:"*) say "$prefix/bin is on your PATH" ;;
    *) say "$prefix/bin is not on your PATH; add to your shell's profile: export PATH=$(quoted "$prefix/bin"):\"\$PATH\"" ;;
    esac
    case ":${XDG_DATA_DIRS:-/usr/local/share:/usr/share}:${XDG_DATA_HOME:-${HOME:-}/.local/share}:" in
    *":$prefix/share:"*) ;;
    *) say "bash and fish look for completions in $prefix/share only with it in XDG_DATA_DIRS" ;;
    esac
    say "zsh completes with this before compinit: fpath=($(quoted "$prefix/share/zsh/site-functions") \$fpath)"
}

main() {
    prefix= tarball= uninstall=
    while [ $# -gt 0 ]; do
        case $1 in
        --prefix)
            [ $# -gt 1 ] && [ -n "$2" ] || usage "--prefix needs a folder"
            prefix=$2
            shift
            ;;
        --prefix=?*) prefix=${1#--prefix=} ;;
        --uninstall) uninstall=yes ;;
        -*) usage "unknown option $1" ;;
        *)
            [ -z "$tarball" ] || usage "more than one tarball"
            tarball=$1
            ;;
        esac
        shift
    done
    [ -z "$uninstall" ] || [ -z "$tarball" ] || usage "--uninstall takes no tarball"
    if [ -z "$prefix" ]; then
        [ -n "${HOME:-}" ] || usage "HOME is not set: name the folder with --prefix"
        prefix=$HOME/.local
    fi
    case $prefix in
    /*) ;;
    *) prefix=$PWD/$prefix ;;
    esac
    case $prefix in
    *'
'*) usage "a line break in the prefix" ;;
    esac
    while [ "${prefix%/}" != "$prefix" ] && [ "$prefix" != / ]; do prefix=${prefix%/}; done
    records=$prefix/share/bankhook
    installed=$records/installed
    folders=$records/folders
    staging=$records/.staging
    lock=$records/.lock

    for program in awk flock gzip sed sha256sum tar; do
        command -v "$program" >/dev/null 2>&1 || fail "$program is missing: install it first"
    done
    locked= begun=
    work=$(mktemp -d)
    trap cleanup EXIT
    trap 'exit 1' INT TERM HUP
    if [ -n "$uninstall" ]; then uninstall; else install; fi
}

main "$@"
exit
}
