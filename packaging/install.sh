#!/bin/sh
# Installs bankhook, or takes it out again:
#
#   sh install.sh [--prefix DIR] [TARBALL]
#   sh install.sh --uninstall [--prefix DIR]
#
# Without TARBALL it installs the folder that it lies in, or else the only tarball beside it. A tarball is
# checked against the SHA256SUMS beside it, a folder against the one inside. DIR is ~/.local unless named.
#
# What was installed stands in DIR/share/bankhook/installed, as checksums and paths, before the first
# file is put in place. So an install that was cut short is finished by the next one, or taken out by
# --uninstall, and no file that others made or changed is ever replaced or removed.
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

work=$(mktemp -d)
cleanup() {
    rm -rf "$work"
    [ ! -d "$staging" ] || rm -rf "$staging"
}
trap cleanup EXIT
trap 'exit 1' INT TERM HUP

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

# Removes the files that a list names where they are as they were installed, and names the others.
remove_files() {
    while IFS= read -r line; do
        path=${line#*  }
        exists "$prefix/$path" || continue
        if is_ours "$path"; then
            rm -f "$prefix/$path"
        else
            echo "kept, since it was changed: $prefix/$path" >&2
        fi
    done < "$1"
}

# Removes the folders that install.sh made, where they are empty.
remove_folders() {
    sort -r "$1" | while IFS= read -r path; do
        if [ -n "$path" ] && [ -d "$path" ]; then rmdir "$path" 2>/dev/null || true; fi
    done
}

if [ -n "$uninstall" ]; then
    [ -f "$folders" ] || [ ! -f "$folders.new" ] || mv "$folders.new" "$folders"
    [ -f "$installed" ] || [ -f "$folders" ] ||
        fail "nothing that this script installed is in $prefix"
    [ ! -f "$installed" ] || remove_files "$installed"
    [ ! -d "$staging" ] || rm -rf "$staging"
    : > "$work/folders"
    [ ! -f "$folders" ] || cp "$folders" "$work/folders"
    rm -f "$installed" "$installed.new" "$folders.new" "$folders"
    remove_folders "$work/folders"
    say "bankhook was taken out of $prefix"
    exit 0
fi

[ "$(uname -s) $(uname -m)" = "Linux x86_64" ] ||
    fail "this is a binary for Linux on x86_64; on another machine, build from the sources"
for program in sha256sum tar gzip; do
    command -v "$program" >/dev/null 2>&1 || fail "$program is missing: install it first"
done

# What is installed from: a folder, checked.
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
    expected=$(awk -v name="$name" '$2 == name || $2 == "*" name { print $1 }' "$sums")
    [ -n "$expected" ] || fail "SHA256SUMS does not name $name"
    [ "$(sum_of "$tarball")" = "$expected" ] ||
        fail "the checksum of $name is not the one in SHA256SUMS: download it again. Nothing was changed"
    mkdir "$work/tarball"
    gzip -d -c "$tarball" | tar -x -f - -C "$work/tarball"
    set -- "$work/tarball"/*/
    source=${1%/}
else
    source=$here
fi
[ -f "$source/SHA256SUMS" ] || fail "$source/SHA256SUMS is missing: unpack the tarball again"
(cd "$source" && sha256sum -c SHA256SUMS >/dev/null 2>&1) ||
    fail "files in $source are not those of the release: unpack it again. Nothing was changed"
version=$("$source/bin/bankhook" --version 2>"$work/error") || {
    cat "$work/error" >&2
    fail "the binary does not run here (above). Nothing was changed"
}

# Each file of the release, and where it goes.
(
    cd "$source"
    find bin share -type f
    find schema -type f
    find LICENSE NOTICES.txt -type f
) | sort | while IFS= read -r path; do
    case $path in
    schema/*) target=share/bankhook/$path ;;
    LICENSE | NOTICES.txt) target=share/doc/bankhook/$path ;;
    *) target=$path ;;
    esac
    printf '%s  %s\n' "$(sum_of "$source/$path")" "$target" >> "$work/new"
    printf '%s\n' "$path" >> "$work/sources"
done

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
{ cat "$work/new"; echo "-  share/bankhook/installed"; } | while IFS= read -r line; do
    folder=$prefix/$(dirname "${line#*  }")
    while [ ! -d "$folder" ]; do
        printf '%s\n' "$folder" >> "$work/folders"
        folder=$(dirname "$folder")
    done
done
: > "$work/old"
[ ! -f "$installed" ] || cat "$installed" >> "$work/old"
mkdir -p "$records"
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

say "$version is installed: $count files in $prefix"
say "take it out with: sh install.sh --uninstall --prefix $prefix"
case ":${PATH:-}:" in
*":$prefix/bin:"*) say "$prefix/bin is on your PATH" ;;
*) say "$prefix/bin is not on your PATH; add to your shell's profile: export PATH=\"$prefix/bin:\$PATH\"" ;;
esac
case ":${XDG_DATA_DIRS:-/usr/local/share:/usr/share}:${XDG_DATA_HOME:-${HOME:-}/.local/share}:" in
*":$prefix/share:"*) ;;
*) say "bash and fish look for completions in $prefix/share only with it in XDG_DATA_DIRS" ;;
esac
say "zsh completes with this before compinit: fpath=($prefix/share/zsh/site-functions \$fpath)"
