#!/bin/sh
# The emulator, called with curl alone: what integration code does in any language.
#
#   sh Tests/Clients/curl.sh EMULATOR RECEIVER BODIES
#
# RECEIVER is an endpoint that answers 200 (and N under /status/N); BODIES the file with what it took.
# `--cacert` and the like come from CURL_OPTIONS.
set -eu

emulator=$1 receiver=$2 bodies=$3
entity=$emulator/bank-connect/v1/entity
session=$emulator/bank-connect/v1/session_data
failures=0

call() {
    curl --silent --show-error ${CURL_OPTIONS:-} "$@"
}

# The documented headers.
api() {
    call -H 'x-api-key: demo-api-key' -H 'server-hash: demo-server-hash' \
        -H 'content-type: application/json' "$@"
}

status() {
    api --output /dev/null --write-out '%{http_code}' "$@"
}

event() {
    call -H 'content-type: application/json' --data "{\"account\":\"demo\",$1}" \
        "$emulator/_emulator/events"
}

taken() {
    wc -l < "$bodies" | tr -d ' '
}

# expect WHAT PATTERN TEXT
expect() {
    case $3 in
    $2) echo "  ok: $1" ;;
    *) failures=$((failures + 1)); printf '  FAILED: %s\n    wanted %s\n    got    %s\n' "$1" "$2" "$3" ;;
    esac
}

: > "$bodies"
hook="{\"webhook_url\":\"$receiver/hook\",\"webhook_mode\":1}"
expect 'no keys are 401 in the vendor'"'"'s words' \
    '{"detail":"Authentication credentials were not provided."}401' \
    "$(call --write-out '%{http_code}' --data "$hook" "$entity/update_webhook/")"
expect 'the Session flow has an error of its own' '{"error":{"code":"*","message":"*"}}403' \
    "$(call --write-out '%{http_code}' --data "$hook" "$session/update_webhook/")"
expect 'an unknown path is 404' 404 "$(status "$entity/nothing/")"
expect 'a wrong method is 405' 405 "$(status "$entity/update_webhook/")"
expect 'a body without a URL is 400' 400 "$(status --data '{}' "$entity/update_webhook/")"
expect 'mode 1 is registered' 200 "$(status --data "$hook" "$entity/update_webhook/")"

expect 'a manual upload arrives in mode 1' '*"webhook":"accepted"*' \
    "$(event '"progress":"completed","mode":"manual","entity_id":"E","link_id":"L 1"')"
expect 'with the documented fields' \
    '{"entity_id":"E","statement_id":"?*","link_id":"L 1","progress":"completed","reason":""}' \
    "$(tail -n 1 "$bodies")"
expect 'a failure of net banking has no statement' '*"webhook":"accepted"*' \
    "$(event '"progress":"failed","mode":"net_banking","entity_id":"E","link_id":"L 1"')"
expect 'which is blank' '{"entity_id":"E","statement_id":"","link_id":"L 1","progress":"failed","reason":"?*"}' \
    "$(tail -n 1 "$bodies")"
expect 'a manual upload without a link' '*"webhook":"accepted"*' \
    "$(event '"progress":"completed","mode":"manual","entity_id":"E"')"
expect 'has null for it' '*"link_id":null*' "$(tail -n 1 "$bodies")"

expect 'payloads are listed newest first' \
    '{"payloads":\[{"statement_id":"",*"progress":"failed",*"date_time":"????-??-?? ??:??:??"},{*"completed"*}\]}' \
    "$(api --get --data-urlencode 'link_id=L 1' "$entity/webhook_payloads/")"
expect 'transactions tell the progress' \
    '*"status":"completed","message":null,"source":"pdf"*"status":"failed",*"source":"online"*' \
    "$(api "$entity/E/transactions/")"
expect 'of an entity that exists' 404 "$(status "$entity/other/transactions/")"

before=$(taken)
expect 'an update without a mode' 200 \
    "$(status --data "{\"webhook_url\":\"$receiver/hook\"}" "$entity/update_webhook/")"
expect 'silently ends the webhooks of manual uploads' '*"webhook":"not_due"*' \
    "$(event '"progress":"completed","mode":"manual"')"
expect 'so that none arrives' "$before" "$(taken)"

expect 'an endpoint that answers 201' 200 \
    "$(status --data "{\"webhook_url\":\"$receiver/status/201\"}" "$entity/update_webhook/")"
expect 'took nothing, as BankConnect sees it' '*"webhook":"refused"*"status":201*' \
    "$(event '"progress":"completed","mode":"net_banking"')"
expect 'another machine' 200 \
    "$(status --data '{"webhook_url":"https://hooks.lender.example/x"}' "$entity/update_webhook/")"
expect 'is not called' '*"webhook":"failed"*--deliver-anywhere*' \
    "$(event '"progress":"completed","mode":"net_banking"')"

expect 'the Session flow registers' '{"message":"success"}' \
    "$(api --data "$hook" "$session/update_webhook/")"
expect 'and has a shape of its own' '*"webhook":"accepted"*' \
    "$(event '"progress":"completed","mode":"manual","flow":"session","entity_id":"S"')"
expect 'with its session and accounts' \
    '{"session_id":"S","event_name":"ENRICHMENT_NOTIFICATION","accounts":\[*' \
    "$(tail -n 1 "$bodies")"

call --request PUT -H 'content-type: application/json' --output /dev/null --data \
    "[{\"path\":\"/bank-connect/v1/entity/update_webhook/\",\"times\":1,\"status\":503}]" \
    "$emulator/_emulator/faults"
expect 'a fault is met once' 503 "$(status --data "$hook" "$entity/update_webhook/")"
expect 'and then no more' 200 "$(status --data "$hook" "$entity/update_webhook/")"
expect 'a web form cannot drive it' 415 "$(call --output /dev/null --write-out '%{http_code}' \
    --data 'x=y' "$emulator/_emulator/events")"
case $(call "$emulator/_emulator/requests" "$emulator/_emulator/") in
*demo-api-key* | *demo-server-hash*) expect 'no key is shown' nothing 'a key' ;;
*) expect 'no key is shown' ok ok ;;
esac

[ "$failures" -eq 0 ]
