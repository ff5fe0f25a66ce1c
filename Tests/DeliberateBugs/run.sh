#!/bin/sh
# Breaks one property at a time, and tells whether the tests that hold it notice.
#
#   sh Tests/DeliberateBugs/run.sh [NAME …]
#
# Each NAME.diff beside this script is one small bug, with the property that it breaks and the tests
# that should fail. They are applied to a copy of the last commit, which keeps its build between runs
# (in .build/deliberate-bugs): the first run builds everything, every bug after that takes a minute.
# Exits with 1 unless every bug was caught.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
copy=$root/.build/deliberate-bugs
log=$copy/.build/deliberate-bug.log

if [ $# -eq 0 ]; then
    for file in "$here"/*.diff; do set -- "$@" "$(basename "$file" .diff)"; done
fi

[ -d "$copy" ] || git -C "$root" worktree add --quiet --detach --force "$copy"
git -C "$copy" reset --quiet --hard "$(git -C "$root" rev-parse HEAD)"
mkdir -p "$copy/.build"
cd "$copy"
build() { swift build --build-tests > "$log" 2>&1; }
tests() { swift test --skip-build --parallel --filter "$1" > "$log" 2>&1; }
field() { sed -n "s/^$2: //p" "$here/$1.diff"; }

echo "Building the copy without a bug …"
build || { tail -20 "$log"; exit 1; }
missed=0
for name; do
    outcome=caught
    if ! git apply --whitespace=nowarn "$here/$name.diff" 2> "$log"; then
        outcome="does not apply"
    elif ! build; then
        outcome="does not build"
    elif tests "$(field "$name" Tests)"; then
        outcome=MISSED
    elif ! grep -q '✘' "$log"; then
        outcome="tests did not run"
    fi
    git checkout --quiet -- .
    [ "$outcome" = caught ] || missed=$((missed + 1))
    printf '%-16s %-26s %s\n' "$outcome" "$name" "$(field "$name" Property)"
done
echo "$# bugs, $((${#} - missed)) caught"
[ "$missed" -eq 0 ]
