#!/bin/sh
# Clients that were not written with bankhook's code, against the built emulator: curl, over http and
# TLS, and the vendor's Python package (or its requests, where it is not installed). Needs no network.
#
#   sh Tests/Clients/run.sh            BANKHOOK names another binary
set -eu

cd "$(dirname "$0")/../.."
sh .ci/prepare curl python3
bankhook=$(realpath "${BANKHOOK:-.build/debug/bankhook}")
folder=$(mktemp -d)
emulator_id= receiver_id=
end() {
    for id in $emulator_id $receiver_id; do
        kill "$id" 2>/dev/null || true
        wait "$id" 2>/dev/null || true
    done
    emulator_id= receiver_id=
}
trap 'end; rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM HUP

# Waits for a file that a program writes once it listens.
await() {
    tries=0
    until [ -s "$1" ]; do
        tries=$((tries + 1))
        [ "$tries" -lt 300 ] || { echo "$1 does not appear" >&2; exit 1; }
        sleep 0.1
    done
}

# Starts the emulator with the given options, and an endpoint.
start() {
    rm -f "$folder/ready" "$folder/port"
    "$bankhook" emulate --quiet --port 0 --ready-file "$folder/ready" "$@" > "$folder/output" &
    emulator_id=$!
    python3 Tests/Clients/receiver.py "$folder/port" "$folder/bodies" &
    receiver_id=$!
    await "$folder/ready"
    await "$folder/port"
    emulator=$(cat "$folder/ready")
    receiver=http://localhost:$(cat "$folder/port")
}

echo "curl against the emulator …"
start
sh Tests/Clients/curl.sh "$emulator" "$receiver" "$folder/bodies"
echo "The vendor's client against the emulator …"
python3 Tests/Clients/vendor.py "$emulator"
end
echo "curl against the emulator over TLS …"
start --tls
await "$folder/output"
CURL_OPTIONS="--cacert $(cat "$folder/output")" \
    sh Tests/Clients/curl.sh "$emulator" "$receiver" "$folder/bodies"
echo "All clients got through."
