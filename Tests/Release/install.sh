#!/bin/sh
# What install.sh promises, with small releases that are made here: a wrong checksum changes nothing, no
# file of others is touched, an install that is killed is finished by the next run or taken out whole.
#
#   sh Tests/Release/install.sh        INSTALL names another install.sh
set -eu

cd "$(dirname "$0")/../.."
install=$(realpath "${INSTALL:-packaging/install.sh}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
HOME=$work/home
export HOME
mkdir "$HOME"

fail() {
    echo "install.sh: $1" >&2
    exit 1
}

# A release as .ci/release lays it out, with a script for a binary: release VERSION FILE-ONLY-IN-IT
release() {
    stage=$work/$1/bankhook-$1-linux-x86_64
    mkdir -p "$stage/bin" "$stage/share/man/man1" "$stage/share/zsh/site-functions" "$stage/schema"
    printf '#!/bin/sh\necho bankhook %s\n' "$1" > "$stage/bin/bankhook"
    chmod 755 "$stage/bin/bankhook"
    echo "page $1" > "$stage/share/man/man1/bankhook.1"
    echo "page $1" > "$stage/share/man/man1/$2"
    echo "zsh" > "$stage/share/zsh/site-functions/_bankhook"
    echo "{}" > "$stage/schema/plan.schema.json"
    echo licence > "$stage/LICENSE"
    echo notices > "$stage/NOTICES.txt"
    cp "$install" "$stage/install.sh"
    (cd "$stage" && find . -type f ! -name SHA256SUMS | sed 's|^\./||' | xargs sha256sum > SHA256SUMS)
    (cd "$work/$1" && tar -c -z -f "bankhook-$1-linux-x86_64.tar.gz" "bankhook-$1-linux-x86_64" &&
        sha256sum ./*.tar.gz | sed 's|\./||' > SHA256SUMS)
}
release 1.0.0 bankhook-old.1
release 2.0.0 bankhook-new.1
one=$work/1.0.0/bankhook-1.0.0-linux-x86_64.tar.gz
two=$work/2.0.0/bankhook-2.0.0-linux-x86_64.tar.gz

# A folder as one text: its names, kinds and contents.
state_of() {
    (cd "$1" && find . -printf '%p %y %l\n' | sort && find . -type f -exec sha256sum {} + | sort)
}

is_whole() {
    [ "$("$1/bin/bankhook")" = "bankhook $2" ] || fail "$3: the binary is not $2"
    [ "$(grep -c . "$1/share/bankhook/installed")" = 7 ] || fail "$3: the list is not that of $2"
    (cd "$1" && sha256sum --quiet -c share/bankhook/installed) || fail "$3: a file is not that of $2"
    [ ! -e "$1/share/bankhook/.staging" ] || fail "$3: it left what it was copying"
}

try() {
    sh "$install" "$@" > "$work/said" 2> "$work/errors"
}

# Into a new folder, from a tarball, the unpacked folder and the folder with the tarball; out again.
try --prefix "$work/new/prefix" "$one" || fail "does not install: $(cat "$work/errors")"
is_whole "$work/new/prefix" 1.0.0 "from a tarball"
grep -q 'not on your PATH' "$work/said" || fail "does not tell that PATH lacks it"
try --uninstall --prefix "$work/new/prefix" || fail "does not uninstall"
[ ! -e "$work/new" ] || fail "leaves $(find "$work/new")"
sh "$work/1.0.0/bankhook-1.0.0-linux-x86_64/install.sh" > "$work/said"
is_whole "$HOME/.local" 1.0.0 "from its own folder, without --prefix"
PATH=$HOME/.local/bin:$PATH sh "$work/1.0.0/bankhook-1.0.0-linux-x86_64/install.sh" > "$work/said"
grep -q 'is on your PATH' "$work/said" || fail "does not tell that PATH has it"
try --uninstall || fail "does not uninstall from ~/.local"
[ -z "$(ls -A "$HOME")" ] || fail "leaves $(find "$HOME")"
cp "$install" "$work/2.0.0/install.sh"
sh "$work/2.0.0/install.sh" --prefix "$work/prefix" > "$work/said"
is_whole "$work/prefix" 2.0.0 "from the tarball beside it"
try --uninstall --prefix "$work/prefix"
try --uninstall --prefix "$work/prefix" && fail "uninstalls what is not there"
grep -q 'nothing that this script installed' "$work/errors" || fail "does not tell that nothing is there"

# What was there before stays, and comes through an upgrade and an uninstall as it was.
theirs=$work/theirs
mkdir -p "$theirs/bin" "$theirs/share/man/man1"
echo other > "$theirs/bin/other"
state_of "$theirs" > "$work/before"
try --prefix "$theirs" "$one" || fail "does not install beside others"
try --prefix "$theirs" "$two" || fail "does not upgrade: $(cat "$work/errors")"
is_whole "$theirs" 2.0.0 "upgraded"
[ ! -e "$theirs/share/man/man1/bankhook-old.1" ] || fail "an upgrade leaves what the new version lacks"
try --uninstall --prefix "$theirs"
state_of "$theirs" | cmp -s - "$work/before" || fail "does not leave the folder as it was"

# A file of somebody else's, a link even to nothing, or one that was changed: nothing is changed.
refused() {
    state_of "$theirs" > "$work/before"
    try --prefix "$theirs" "$two" && fail "$1: installs all the same"
    grep -q "$2" "$work/errors" || fail "$1: tells '$(cat "$work/errors")'"
    state_of "$theirs" | cmp -s - "$work/before" || fail "$1: changes something"
}
echo mine > "$theirs/bin/bankhook"
refused "a file of another" "bin/bankhook"
rm "$theirs/bin/bankhook"
ln -s nowhere "$theirs/share/man/man1/bankhook.1"
refused "a link to nothing" "man1/bankhook.1"
rm "$theirs/share/man/man1/bankhook.1"
try --prefix "$theirs" "$one"
echo edited >> "$theirs/share/zsh/site-functions/_bankhook"
refused "a file that was changed" "site-functions/_bankhook"
try --uninstall --prefix "$theirs"
grep -q "kept, since it was changed: .*_bankhook" "$work/errors" || fail "does not tell what it keeps"
[ "$(find "$theirs" -type f | sort | xargs)" = \
    "$theirs/bin/other $theirs/share/zsh/site-functions/_bankhook" ] ||
    fail "keeps something else: $(find "$theirs" -type f)"
rm -r "$theirs/share/zsh"

# A download that is wrong or incomplete changes nothing.
mkdir "$work/bad"
cp "$work/1.0.0/SHA256SUMS" "$two" "$work/bad/"
bad=$work/bad/bankhook-1.0.0-linux-x86_64.tar.gz
wrong() {
    state_of "$theirs" > "$work/before"
    try --prefix "$theirs" "$2" && fail "$1: installs all the same"
    grep -q "$3" "$work/errors" || fail "$1: tells '$(cat "$work/errors")'"
    state_of "$theirs" | cmp -s - "$work/before" || fail "$1: changes something"
}
head -c 400 "$one" > "$bad"
wrong "half a tarball" "$bad" "checksum"
{ cat "$one"; echo; } > "$bad"
wrong "a longer tarball" "$bad" "checksum"
wrong "a tarball that SHA256SUMS does not name" "$work/bad/$(basename "$two")" "does not name"
rm "$work/bad/SHA256SUMS"
wrong "no SHA256SUMS" "$bad" "no SHA256SUMS"

# Killed at each of its steps, it is finished by the next run, or taken out whole; an upgrade too.
shims=$work/shims
mkdir "$shims"
for command in mv cp mkdir rm; do
    cat > "$shims/$command" <<END
#!/bin/sh
# The step at which the install is killed: before it, or after.
count=\$((\$(cat "$work/count") + 1))
echo \$count > "$work/count"
[ \$count != "\${DIES_BEFORE:-}" ] || [ \$PPID -le 1 ] || { kill -KILL \$PPID; exit 1; }
$(command -v $command) "\$@"
END
    chmod +x "$shims/$command"
done
killed=0
for from in nothing one; do
    step=0
    while :; do
        step=$((step + 1))
        for then in finish undo; do
            rm -rf "$work/prefix"
            [ $from = nothing ] || try --prefix "$work/prefix" "$one"
            echo 0 > "$work/count"
            DIES_BEFORE=$step PATH=$shims:$PATH try --prefix "$work/prefix" "$two" && break 2
            killed=$((killed + 1))
            if [ $then = finish ]; then
                try --prefix "$work/prefix" "$two" ||
                    fail "killed at step $step from $from, the next run says $(cat "$work/errors")"
                is_whole "$work/prefix" 2.0.0 "killed at step $step from $from, and run again"
                [ ! -e "$work/prefix/share/man/man1/bankhook-old.1" ] ||
                    fail "killed at step $step from $from: an old file is left"
            fi
            # Where it died before it had noted anything, there is nothing to take out.
            try --uninstall --prefix "$work/prefix" || true
            left=$(find "$work/prefix" ! -type d 2>/dev/null || true)
            [ -z "$left" ] || fail "killed at step $step from $from: uninstalling leaves $left"
        done
    done
done
[ "$killed" -gt 40 ] || fail "it was killed only $killed times"
