#!/bin/sh
# Lays out what is in a release, below FOLDER:
#
#   packaging/stage.sh BINARY VERSION EPOCH FOLDER
#
# bin, share (completions and manual pages), schema, docs, examples, and the texts beside them. Only files
# that git knows are taken. Manual pages and completions come from the binary itself.
set -eu

binary=$1 version=$2 epoch=$3 folder=$4
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP

mkdir -p "$folder/bin" "$folder/share/man" "$folder/share/bash-completion/completions" \
    "$folder/share/zsh/site-functions" "$folder/share/fish/vendor_completions.d"
cp "$binary" "$folder/bin/bankhook"
"$binary" completions bash > "$work/bash"
sed '1{/^#!/d}' "$work/bash" > "$folder/share/bash-completion/completions/bankhook"
"$binary" completions zsh > "$folder/share/zsh/site-functions/_bankhook"
"$binary" completions fish > "$folder/share/fish/vendor_completions.d/bankhook.fish"

"$binary" --experimental-dump-help > "$work/dump.json"
python3 -B packaging/man.py "$work/dump.json" packaging/man/bankhook.1.in \
    "$folder/share/man/man1" --version "$version" --epoch "$epoch"

# The examples that build bankhook from its sources need those, and so does the landing page of DocC.
git ls-files -z schema docs examples README.md CHANGELOG.md LICENSE SECURITY.md > "$work/known"
grep -z -v -e '^examples/\(quickstart\|local-loop\)\.sh$' -e '^docs/[^/]*\.docc/' "$work/known" > "$work/taken"
xargs -0 cp --parents -t "$folder" < "$work/taken"
cp packaging/install.sh "$folder/install.sh"

swift_licence=$(dirname "$(readlink -f "$(command -v swift)")")/../share/swift/LICENSE.txt
python3 -B packaging/notices.py .build/checkouts "swift-runtime=$swift_licence" \
    libyaml=/usr/share/doc/libyaml-dev/copyright zlib=/usr/share/doc/zlib1g-dev/copyright \
    libstdc++=/usr/share/doc/libstdc++6/copyright > "$folder/NOTICES.txt"

find "$folder" -type d -exec chmod 755 {} +
find "$folder" -type f -exec chmod 644 {} +
chmod 755 "$folder/bin/bankhook" "$folder/install.sh"
