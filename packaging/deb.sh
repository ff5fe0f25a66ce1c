#!/bin/sh
# Packs a staged release as a Debian package:
#
#   packaging/deb.sh STAGE VERSION EPOCH GLIBC FILE [OPTION …]
#
# GLIBC is the oldest glibc that the binary runs on; the options are dpkg-deb's. The same stage gives the
# same bytes.
set -eu

stage=$1 version=$2 epoch=$3 glibc=$4 file=$5
shift 5
packaging=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
root=$work/root
share=$root/usr/share
doc=$share/doc/bankhook

mkdir -p "$root/DEBIAN" "$root/usr/bin" "$share/zsh/vendor-completions" "$share/fish" \
    "$share/man/man1" "$share/bankhook" "$share/lintian/overrides" "$doc"
cp "$stage/bin/bankhook" "$root/usr/bin/bankhook"
cp -R "$stage/share/bash-completion" "$share/"
cp "$stage/share/zsh/site-functions/_bankhook" "$share/zsh/vendor-completions/_bankhook"
cp -R "$stage/share/fish/vendor_completions.d" "$share/fish/"
cp -R "$stage/schema" "$share/bankhook/"
cp -R "$stage/docs" "$stage/examples" "$doc/"
cp "$stage/README.md" "$stage/SECURITY.md" "$stage/CHANGELOG.md" "$stage/NOTICES.txt" "$doc/"
ln -s ../../bankhook/schema "$doc/schema"
for page in "$stage"/share/man/man1/*; do
    gzip -9 -n < "$page" > "$share/man/man1/$(basename "$page").gz"
done
cp "$packaging/debian/copyright" "$doc/copyright"
sed -e "s/@VERSION@/$version/" -e "s/@DATE@/$(LC_ALL=C date -u -R -d "@$epoch")/" \
    "$packaging/debian/changelog.in" > "$work/changelog"
gzip -9 -n < "$work/changelog" > "$doc/changelog.gz"
cp "$packaging/debian/lintian-overrides" "$share/lintian/overrides/bankhook"

find "$root" -type d -exec chmod 755 {} +
find "$root" -type f -exec chmod 644 {} +
find "$doc/examples" -type f -exec sh -c '
    for example do
        case $(head -c 2 "$example") in "#!") chmod 755 "$example" ;; esac
    done' sh {} +
chmod 755 "$root/usr/bin/bankhook"

find "$root/usr" -type f -printf '%s\n' > "$work/sizes"
size=$(awk '{ sum += $1 } END { print int(sum / 1024) + 1 }' "$work/sizes")
sed -e "s/@VERSION@/$version/" -e "s/@GLIBC@/$glibc/" -e "s/@SIZE@/$size/" \
    "$packaging/debian/control.in" > "$root/DEBIAN/control"
(cd "$root" && find usr -type f -print0) > "$work/found"
LC_ALL=C sort -z "$work/found" > "$work/names"
(cd "$root" && xargs -0 md5sum < "$work/names") > "$root/DEBIAN/md5sums"
find "$root" -exec touch -h -d "@$epoch" {} +
SOURCE_DATE_EPOCH=$epoch dpkg-deb --root-owner-group --threads-max=1 "$@" \
    --build "$root" "$file" >/dev/null
