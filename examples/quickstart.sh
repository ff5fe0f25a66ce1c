#!/bin/sh
# From a clone to a recorded webhook registration, against the emulator: no account, no network.
set -eu

cd "$(dirname "$0")/.."
root=$PWD
sh .ci/prepare

say() {
    printf '\n\033[1m%s\033[0m\n' "$*"
}

run() {
    printf '\n$ %s\n' "bankhook $*"
    "$root/.build/debug/bankhook" "$@"
}

say "Building bankhook (the first build takes a few minutes) …"
BANKHOOK_COMMIT=$(sh .ci/commit) swift build --product bankhook

workplace=$(mktemp -d)
emulator=
finish() {
    if [ -n "$emulator" ]; then
        kill "$emulator" 2>/dev/null || true
        wait "$emulator" 2>/dev/null || true
    fi
    rm -rf "$workplace"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

say "Starting the BankConnect emulator on a free port …"
.build/debug/bankhook emulate --quiet --port 0 --ready-file "$workplace/ready" \
    --account uat-key:uat-hash --account production-key:production-hash &
emulator=$!
until [ -s "$workplace/ready" ]; do
    kill -0 "$emulator" 2>/dev/null || { echo "the emulator did not start" >&2; exit 1; }
    sleep 0.1
done
base_url=$(cat "$workplace/ready")
echo "It listens on $base_url"

sed "s|http://127.0.0.1:8585|$base_url|" examples/quickstart/bankhook.yaml \
    > "$workplace/bankhook.yaml"
cd "$workplace"
export BANKCONNECT_UAT_API_KEY=uat-key BANKCONNECT_UAT_SERVER_HASH=uat-hash
export BANKCONNECT_PRODUCTION_API_KEY=production-key
export BANKCONNECT_PRODUCTION_SERVER_HASH=production-hash
export BANKCONNECT_PRODUCTION_WEBHOOK_TOKEN=4f1c2a9b7d3e8056a1b2

say "1. The configuration says what BankConnect must call:"
cat bankhook.yaml
run validate

say "2. The plan says what would be sent. Nothing is sent yet:"
run plan

say "3. Apply sends it, and records what BankConnect confirmed:"
run apply --auto-approve

say "4. What is recorded needs no second call, so this plan is empty:"
run plan --detailed-exitcode

say "5. One line changes: production shall hear of manual uploads too."
cp bankhook.state/production.json before.json
sed 's|^    webhook_url: https://hooks|    webhook_mode: net_banking_and_manual\n&|' bankhook.yaml \
    > edited.yaml
mv edited.yaml bankhook.yaml
run plan
run apply --auto-approve

say "6. The record is a file to commit. This is what the change did to it:"
diff -u before.json bankhook.state/production.json || true

say "Done. The emulator is stopped and everything it made is removed."
echo "Next: read README.md, and write a bankhook.yaml of your own."
