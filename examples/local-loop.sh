#!/bin/sh
# The whole loop on this machine: register, receive, an outage, and what it lost recovered. BankConnect
# is the emulator, the receiver is `bankhook listen`; no account, no network.
set -eu

cd "$(dirname "$0")/.."
root=$PWD
bankhook=$root/.build/debug/bankhook
sh .ci/prepare

say() {
    printf '\n\033[1m%s\033[0m\n' "$*"
}

run() {
    printf '\n$ %s\n' "bankhook $*"
    "$bankhook" "$@"
}

fail() {
    echo "local-loop: $*" >&2
    exit 1
}

# Waits for a file that a server writes once it listens.
await() {
    until [ -s "$1" ]; do
        kill -0 "$2" 2>/dev/null || fail "a server did not start"
        sleep 0.1
    done
}

say "Building bankhook (the first build takes a few minutes) …"
BANKHOOK_COMMIT=$(sh .ci/commit) swift build --product bankhook

workplace=$(mktemp -d)
emulator='' receiver=''
stop() {
    for process; do
        kill "$process" 2>/dev/null || true
        wait "$process" 2>/dev/null || true
    done
}
finish() {
    # shellcheck disable=SC2086 # either may be empty
    stop $emulator $receiver
    rm -rf "$workplace"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

listen() {
    rm -f "$workplace/listening"
    "$bankhook" listen --ready-file "$workplace/listening" "$@" > "$workplace/received" 2>&1 &
    receiver=$!
    await "$workplace/listening" "$receiver"
    cat "$workplace/received"
}

say "Starting BankConnect's emulator and a receiver on free ports …"
"$bankhook" emulate --quiet --port 0 --ready-file "$workplace/ready" &
emulator=$!
await "$workplace/ready" "$emulator"
base_url=$(cat "$workplace/ready")
listen --port 0 --receipts "$workplace/receipts.ndjson"
endpoint=$(cat "$workplace/listening")
port=${endpoint##*:}

sed -e "s|http://127.0.0.1:8585|$base_url|" -e "s|http://127.0.0.1:8080|$endpoint|" \
    examples/local-loop/bankhook.yaml > "$workplace/bankhook.yaml"
cd "$workplace"
export BANKCONNECT_LOCAL_API_KEY=demo-api-key BANKCONNECT_LOCAL_SERVER_HASH=demo-server-hash
trigger() {
    run trigger "$@" --emulator "$base_url"
}
# How many payloads the receiver noted with some text in their line.
count() {
    grep -c -- "$1" receipts.ndjson || true
}

say "1. Is the endpoint what BankConnect wants? Register it, manual uploads too:"
run probe local
run apply --auto-approve

say "2. A bank statement that somebody uploaded has been processed. The webhook arrives:"
trigger completed --mode manual --link-id loan-1
cat received
[ "$(count loan-1)" = 1 ] || fail "the webhook did not arrive"

say "3. Registered without manual uploads, the same upload is not announced:"
sed 's/net_banking_and_manual/net_banking/' bankhook.yaml > edited.yaml
run apply --auto-approve --allow mode-downgrade --config edited.yaml
trigger completed --mode manual --link-id loan-2
[ "$(count loan-2)" = 0 ] || fail "a webhook arrived that the mode forbids"
run apply --auto-approve

say "4. An outage of the receiver: five statements end, and nobody hears of them."
stop "$receiver"
for statement in 3 3 3 4 4; do
    trigger completed --mode manual --link-id "loan-$statement"
done
run payloads --environment local --link-id loan-3 --link-id loan-4

say "5. The receiver is back. recover sends what its receipts do not have:"
listen --port "$port"
run recover --environment local --link-id loan-1 --link-id loan-3 --link-id loan-4 \
    --receipts receipts.ndjson --dry-run
run recover --environment local --link-id loan-1 --link-id loan-3 --link-id loan-4 \
    --receipts receipts.ndjson
cat received
[ "$(count '"recovered":true')" = 5 ] || fail "five payloads should have been recovered"

say "6. Each arrived once. Run again, nothing is left to send:"
run recover --environment local --link-id loan-1 --link-id loan-3 --link-id loan-4 \
    --receipts receipts.ndjson
[ "$(wc -l < receipts.ndjson)" = 6 ] || fail "something was sent twice"

say "Done. Both servers are stopped and everything they made is removed."
echo "Next: docs/receiver.md, the checklist for an endpoint of your own."
