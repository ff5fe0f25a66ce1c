#!/bin/sh
# Is a release refused where a program that makes it dies half way, or gives half and says that all is well?
# And does the check of a binary say so where it could not look?
#
#   sh Tests/Release/broken.sh BINARY
set -eu

binary=$(realpath "$1")
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP

# breaks STATUS PROGRAM PATTERN: with arguments like that it gives half of what it should, and that status.
breaks() {
    rm -rf "$work/shims"
    mkdir "$work/shims"
    cat > "$work/shims/$2" <<END
#!/bin/sh
case "\$*" in $3) ;; *) exec $(command -v "$2") "\$@" ;; esac
: > "$work/broke"
$(command -v "$2") "\$@" > "$work/whole"
head -c "\$((\$(stat -c %s "$work/whole") / 2))" "$work/whole"
exit $1
END
    chmod +x "$work/shims/$2"
}
# fails WHAT COMMAND …: with that program.
fails() {
    what=$1
    shift
    rm -f "$work/broke"
    ! PATH=$work/shims:$PATH "$@" > "$work/said" 2> "$work/errors" || {
        echo "nobody notices that $what" >&2
        exit 1
    }
    [ -e "$work/broke" ] || { cat "$work/errors" >&2; echo "it was not tried that $what" >&2; exit 1; }
}
no_release() {
    mkdir -p "$work/release"
    echo old > "$work/release/SHA256SUMS"
    fails "$1" .ci/release --binary "$binary" --output "$work/release"
    [ ! -e "$work/release/SHA256SUMS" ] || { echo "$1, and yet SHA256SUMS is there" >&2; exit 1; }
}

breaks 2 tar '*--create*'
no_release "tar dies half way"
breaks 0 gzip '"-1 -n"'
no_release "half a tarball is written"
breaks 1 git '*ls-files*'
no_release "git lists half of its files"
breaks 1 find '". -type f"'
no_release "half of the files get a checksum"
breaks 1 find '"usr -type f -print0"'
no_release "half of the package's files get a checksum"

echo 'int main(void) { return 0; }' > "$work/plain.c"
"$(dirname "$(readlink -f "$(command -v swift)")")/clang" "$work/plain.c" -o "$work/program"
for program in objdump ldd strings; do
    breaks 1 "$program" '*'
    fails "$program dies half way" sh packaging/check.sh "$work/program"
done
