#!/bin/sh
# Is everything where Debian looks for it?
#
#   sh Tests/Release/deb.sh FILE
set -eu

deb=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP

dpkg-deb --contents "$deb" > "$work/contents"
dpkg-deb --field "$deb" > "$work/fields"
for path in usr/bin/bankhook usr/share/bash-completion/completions/bankhook \
    usr/share/zsh/vendor-completions/_bankhook usr/share/fish/vendor_completions.d/bankhook.fish \
    usr/share/man/man1/bankhook.1.gz usr/share/man/man1/bankhook-state-move.1.gz \
    usr/share/doc/bankhook/copyright usr/share/doc/bankhook/changelog.gz \
    usr/share/doc/bankhook/NOTICES.txt usr/share/doc/bankhook/examples/workspace.sh \
    usr/share/bankhook/schema/plan.schema.json; do
    grep -q " \./$path\$" "$work/contents" || { echo "the package lacks /$path" >&2; exit 1; }
done
if grep -v ' root/root ' "$work/contents" >&2; then
    echo "the package has files of other owners (above)" >&2
    exit 1
fi
for field in 'Architecture: amd64' 'Depends: libc6 (>= 2\.[0-9]*), libgcc-s1' \
    'Recommends: ca-certificates, git'; do
    grep -q "^$field\$" "$work/fields" || { echo "the package lacks: $field" >&2; exit 1; }
done
# What the debug binary loads is not where a package's would be.
if command -v lintian >/dev/null 2>&1; then
    lintian --allow-root --fail-on error --suppress-tags custom-library-search-path "$deb"
fi
