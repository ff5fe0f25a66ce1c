#!/bin/sh
# What install.sh promises, with small releases that are made here: a wrong checksum changes nothing, no
# file of others is touched, two at once wait for each other, an install that is killed is finished by the
# next run or taken out whole.
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

# A name with a blank, and names as "sha256sum ./*" lists them.
mkdir "$work/odd"
cp "$one" "$work/odd/my bankhook.tar.gz"
(cd "$work/odd" && sha256sum ./*.tar.gz > SHA256SUMS)
try --prefix "$work/prefix" "$work/odd/my bankhook.tar.gz" ||
    fail "a name with a blank: $(cat "$work/errors")"
try --uninstall --prefix "$work/prefix"

# A folder that was unpacked, and something done to it: unpacked COMMAND
unpacked() {
    rm -rf "$work/unpacked"
    cp -R "$work/1.0.0/bankhook-1.0.0-linux-x86_64" "$work/unpacked"
    (cd "$work/unpacked" && eval "$1")
}
from_unpacked() {
    sh "$work/unpacked/install.sh" --prefix "$1" > "$work/said" 2> "$work/errors"
}
unpacked 'sed "s|  |  ./|" SHA256SUMS > new && mv new SHA256SUMS'
from_unpacked "$work/prefix" || fail "a list of ./names: $(cat "$work/errors")"
is_whole "$work/prefix" 1.0.0 "from a list of ./names"
try --uninstall --prefix "$work/prefix"

# Only what the list names is installed, and everyone may use it whatever the umask was.
unpacked 'echo "#!/bin/sh" > bin/git; chmod -R u=rwX,go= .'
(umask 077 && from_unpacked "$work/prefix") || fail "beside another file: $(cat "$work/errors")"
grep -q 'not installed: .*/bin/git' "$work/errors" || fail "does not name a file that is not of the release"
[ ! -e "$work/prefix/bin/git" ] || fail "installs a file that is not of the release"
is_whole "$work/prefix" 1.0.0 "unpacked by a careful user"
closed=$(find "$work/prefix" -type d ! -perm 755 -o -path "*/bin/*" ! -perm 755 -o \
    -type f ! -path "*/bin/*" ! -perm 644)
[ -z "$closed" ] || fail "not for everyone: $closed"
try --uninstall --prefix "$work/prefix"

# not_from WHY PATTERN COMMAND: a folder to which that was done is refused, and nothing is made.
not_from() {
    unpacked "$3"
    ! from_unpacked "$work/prefix" || fail "$1: installs all the same"
    grep -q "$2" "$work/errors" || fail "$1: tells '$(cat "$work/errors")'"
    [ ! -e "$work/prefix" ] || fail "$1: makes $(find "$work/prefix")"
}
echo precious > "$work/precious"
sum=$(sha256sum < "$work/precious" | cut -d ' ' -f 1)
not_from "a list that leads out" "name no file of a release" "echo '$sum  share/../../precious' >> SHA256SUMS"
not_from "a list with a path from the root" "name no file of a release" \
    "echo '$sum  $work/precious' >> SHA256SUMS"
not_from "a list that is none" "name no file of a release" "echo '<html>' >> SHA256SUMS"
not_from "an empty list" "not those of the release" ": > SHA256SUMS"
not_from "a list without the program" "names no bin/bankhook" \
    "grep -v bin/bankhook SHA256SUMS > new; mv new SHA256SUMS"
not_from "a changed file" "not those of the release" "echo >> LICENSE"
not_from "a program that may not be run" "mounted noexec" "chmod 644 bin/bankhook"

# Nothing is changed where a folder cannot be made or written to.
mv "$theirs/share/man" "$work/man"
echo mine > "$theirs/share/man"
refused "a file where a folder must be" "no folder: .*/share/man"
rm "$theirs/share/man"
mv "$work/man" "$theirs/share/man"
if [ "$(id -u)" -ne 0 ]; then
    chmod 555 "$theirs/bin"
    refused "a folder that cannot be written to" "not writable: .*/bin"
    chmod 755 "$theirs/bin"
elif command -v setpriv > /dev/null; then
    mkdir -p "$work/nobody/prefix/share" "$work/nobody/prefix/bin" "$work/nobody/tmp"
    cp -R "$work/1.0.0" "$install" "$work/nobody/"
    chmod 755 "$work" "$work/nobody"
    chown -R 65534:65534 "$work/nobody/prefix" "$work/nobody/tmp"
    chown 0:0 "$work/nobody/prefix/bin"
    state_of "$work/nobody/prefix" > "$work/before"
    ! TMPDIR=$work/nobody/tmp setpriv --reuid=65534 --regid=65534 --clear-groups \
        sh "$work/nobody/$(basename "$install")" --prefix "$work/nobody/prefix" \
        "$work/nobody/1.0.0/$(basename "$one")" > "$work/said" 2> "$work/errors" ||
        fail "a folder that cannot be written to: installs all the same"
    grep -q "not writable: .*/bin" "$work/errors" || fail "not writable: tells '$(cat "$work/errors")'"
    state_of "$work/nobody/prefix" | cmp -s - "$work/before" || fail "not writable: changes something"
fi

# What it says to type for taking it out can be typed.
odd=$work/it\'s\ a\ \"prefix\"
try --prefix "$odd" "$one" || fail "does not install to $odd: $(cat "$work/errors")"
cp "$install" "$work/odd/install.sh"
(cd "$work/odd" && sh -c "$(sed -n 's/^take it out with: //p' "$work/said")" > /dev/null) ||
    fail "says to type what does not work: $(cat "$work/said")"
[ ! -e "$odd" ] || fail "leaves $(find "$odd")"

# A script that was cut short on its way does nothing, and does not end well.
start=$(sed -n '/^{$/{=;q}' "$install")
cut_short() {
    ! sh -s -- --prefix "$work/prefix" "$one" < "$work/cut" > /dev/null 2>&1 || fail "cut short $1, ends well"
    [ ! -e "$work/prefix" ] || fail "cut short $1, makes $(find "$work/prefix")"
}
for line in $(seq "$((start + 1))" 7 "$(($(grep -c '' "$install") - 1))"); do
    head -n "$line" "$install" > "$work/cut"
    cut_short "after line $line"
done
for bytes in $(seq 2 30); do
    head -c "-$bytes" "$install" > "$work/cut"
    cut_short "by $bytes bytes"
done
sh -s -- --prefix "$work/prefix" "$one" < "$install" > /dev/null || fail "does not install from a pipe"

# A list of what is installed that leads out of the prefix takes nothing with it.
echo "$sum  ../precious" >> "$work/prefix/share/bankhook/installed"
! try --uninstall --prefix "$work/prefix" || fail "follows a list out of the prefix"
[ -e "$work/precious" ] || fail "removes a file outside of the prefix"
sed -i '$d' "$work/prefix/share/bankhook/installed"

# What cannot be removed stays in the list, and the next run removes it.
shims=$work/shims
mkdir "$shims"
cat > "$shims/rm" <<END
#!/bin/sh
case "\$*" in *man1/bankhook.1) echo "rm: not today" >&2; exit 1 ;; esac
exec $(command -v rm) "\$@"
END
chmod +x "$shims/rm"
! PATH=$shims:$PATH try --uninstall --prefix "$work/prefix" || fail "says that it removed what it did not"
grep -q 'could not be removed' "$work/errors" || fail "not removed: tells '$(cat "$work/errors")'"
rm "$shims/rm"
try --uninstall --prefix "$work/prefix" || fail "does not go on: $(cat "$work/errors")"
[ ! -e "$work/prefix" ] || fail "leaves $(find "$work/prefix")"

# One run at a time: the first is held where it copies, until the second says that it waits; then the
# second is held, and a third has to wait for it.
cat > "$shims/cp" <<END
#!/bin/sh
if [ ! -e "\$HELD" ]; then
    : > "\$HELD"
    while [ -d "$work" ] && [ ! -e "\$HELD.go" ]; do sleep 0.05; done
fi
exec $(command -v cp) "\$@"
END
chmod +x "$shims/cp"
# run NAME ARGUMENT …: in the background; its process is $process.
run() {
    name=$1
    shift
    HELD=$work/$name PATH=$shims:$PATH sh "$install" --prefix "$work/prefix" "$@" \
        > "$work/$name.said" 2> "$work/$name.errors" &
    process=$!
}
# until_true COMMAND …: within a minute.
until_true() {
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        [ "$tries" -lt 1200 ] || return 1
        sleep 0.05
    done
}
waits_or_goes_on() {
    grep -q "waiting for it" "$work/$1.errors" || [ -e "$work/$1" ] || ! kill -0 "$process" 2>/dev/null
}
# waits_for NAME PROCESS: the run that was started last has to wait for that process.
waits_for() {
    until_true waits_or_goes_on "$1" && grep -q "process $2 .*waiting for it" "$work/$1.errors" ||
        fail "the $1 run does not wait for the one before: $(cat "$work/$1.errors")"
}
run first "$one"
first=$process
until_true [ -e "$work/first" ] || fail "does not come to copy: $(cat "$work/first.errors")"
run second "$two"
second=$process
waits_for second $first
: > "$work/first.go"
wait $first || fail "with a second run the first fails: $(cat "$work/first.errors")"
until_true [ -e "$work/second" ] || fail "does not go on after the first: $(cat "$work/second.errors")"
run third --uninstall
third=$process
waits_for third $second
: > "$work/second.go"
wait $second || fail "the second run fails: $(cat "$work/second.errors")"
: > "$work/third.go"
wait $third || fail "the third run fails: $(cat "$work/third.errors")"
[ ! -e "$work/prefix" ] || fail "leaves $(find "$work/prefix")"

# One that has waited for long says so, and has changed nothing.
try --prefix "$work/prefix" "$one"
cat > "$shims/flock" <<END
#!/bin/sh
[ "\$1" != -w ] || { shift 2; set -- -n "\$@"; }
exec $(command -v flock) "\$@"
END
chmod +x "$shims/flock"
state_of "$work/prefix" > "$work/before"
(
    exec 8>> "$work/prefix/share/bankhook/.lock"
    flock 8
    ! PATH=$shims:$PATH try --prefix "$work/prefix" "$two" || fail "installs although another run has the lock"
)
grep -q 'has not ended in a minute' "$work/errors" || fail "waited for long: tells '$(cat "$work/errors")'"
rm "$work/prefix/share/bankhook/.lock"
state_of "$work/prefix" | cmp -s - "$work/before" || fail "waited for long: changes something"

# A step that fails is told as half an install, and the next run finishes it.
rm "$shims/flock"
cat > "$shims/cp" <<END
#!/bin/sh
case \$1 in */man1/bankhook.1) echo "cp: no space left" >&2; exit 1 ;; esac
exec $(command -v cp) "\$@"
END
! PATH=$shims:$PATH try --prefix "$work/prefix" "$two" || fail "a copy fails, and it ends well"
grep -q 'only a part is in place' "$work/errors" || fail "half installed: tells '$(cat "$work/errors")'"
# A copy that is not what it was copied from is not put in place.
printf '%s\n' '#!/bin/sh' 'echo torn > "$2"' > "$shims/cp"
! PATH=$shims:$PATH try --prefix "$work/prefix" "$two" || fail "a torn copy is put in place"
rm "$shims/cp"
try --prefix "$work/prefix" "$two" || fail "does not finish: $(cat "$work/errors")"
is_whole "$work/prefix" 2.0.0 "half installed, and run again"
try --uninstall --prefix "$work/prefix"

# Killed at each of its steps, it is finished by the next run, or taken out whole; an upgrade too.
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
