#!/bin/sh
# Feeds libFuzzer's inputs to what reads text from outside, under the address sanitizer:
#
#   sh Tests/Fuzz/run.sh [TARGET …] [SECONDS] [-OPTION=VALUE …]
#
# A TARGET is yaml, url or state (all of them by default), each for 30 SECONDS unless told otherwise;
# options go to libFuzzer. What must hold for any input is in Tests/FuzzProperties, and the inputs to
# begin with are in Corpus. The first build takes four minutes and stays in .build/fuzz, with the
# inputs that reached something new; an input that breaks a property, takes too long (under the
# sanitizer everything takes ten times as long) or fails otherwise is kept in .build/fuzz/found. Mend
# it, and add it to Corpus.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$root/.build/fuzz

targets= seconds=30 options=
for argument; do
    case $argument in
    -*) options="$options $argument" ;;
    *[!0-9]*) targets="$targets $argument" ;;
    *) seconds=$argument ;;
    esac
done

cd "$root"
sh .ci/prepare
mkdir -p "$work/found"
echo "Building under the address sanitizer …"
swift build -c release --scratch-path "$work" --target FuzzProperties \
    --sanitize=address -Xswiftc -sanitize=fuzzer > "$work/build.log" 2>&1 ||
    { tail -40 "$work/build.log"; exit 1; }
find "$work/release/" -name '*.o' > "$work/objects"

for target in ${targets:-yaml url state}; do
    [ -f "$here/$target.swift" ] || { echo "there is no target $target" >&2; exit 64; }
    swiftc -O -sanitize=fuzzer,address -parse-as-library -module-name "fuzz_$target" \
        -I "$work/release/Modules" -I Sources/CLibYAML \
        -Xcc -fmodule-map-file="$work/release/CBankhook.build/module.modulemap" \
        "$here/$target.swift" "$here/mutator.swift" "@$work/objects" \
        $(pkg-config --libs yaml-0.1) -lstdc++ -o "$work/fuzz-$target" >> "$work/build.log" 2>&1 ||
        { tail -40 "$work/build.log"; exit 1; }
    mkdir -p "$work/corpus/$target"
    # Half of the time for texts as people write them, some of it for a megabyte.
    for length in 4096 65536 1048576; do
        case $length in
        4096) share=$((seconds - seconds / 2)) ;;
        65536) share=$((seconds / 2 - seconds / 6)) ;;
        *) share=$((seconds / 6)) ;;
        esac
        [ "$share" -gt 0 ] || continue
        echo "Fuzzing $target for $share seconds, up to $length bytes …"
        "$work/fuzz-$target" -max_total_time="$share" -max_len="$length" \
            -timeout="$((length / 65536 + 5))" -rss_limit_mb=1024 \
            -print_final_stats=1 -dict="$here/$target.dict" \
            -artifact_prefix="$work/found/$target-" $options \
            "$work/corpus/$target" "$here/Corpus/$target" 2> "$work/$target-$length.log" ||
            { tail -60 "$work/$target-$length.log"; exit 1; }
        grep -E '^(stat::|Done|#[0-9]+.DONE)' "$work/$target-$length.log"
    done
done
