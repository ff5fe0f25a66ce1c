#!/bin/sh
# Twenty applies over eleven weeks, each committed: what `state history` tells of. Real runs of the
# binary against the emulator, on a clock that was set back: the records are as old as the commits.
#
#   sh Tests/Pages/sequence.sh FOLDER      makes a repository there; BANKHOOK names another binary
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
bankhook=${BANKHOOK:-$root/.build/debug/bankhook}
mkdir -p "$1"
cd "$1"
unset CI GITHUB_ACTIONS

emulator=
finish() {
    [ -z "$emulator" ] || { kill "$emulator" 2>/dev/null || true; wait "$emulator" 2>/dev/null || true; }
}
trap finish EXIT
trap 'exit 1' INT TERM HUP
"$bankhook" emulate --any-account --quiet --port 0 --ready-file ready &
emulator=$!
until [ -s ready ]; do
    kill -0 "$emulator" || exit 1
    sleep 0.05
done
base_url=$(cat ready)
rm ready

git init --quiet --initial-branch=main .
git config commit.gpgSign false
now=$(date +%s)
clang -shared -fPIC -o .git/clock.so "$root/Tests/Pages/clock.c"

# Everything below happens so many hours before now.
at() {
    moment=$((now - $1 * 3600))
}

configure() {
    # Entries: NAME URL MODE
    {
        printf 'version: 1\ndefaults:\n  base_url: %s\n  credentials:\n' "$base_url"
        printf '    api_key: { env: "{ENVIRONMENT}_KEY" }\n'
        printf '    server_hash: { env: "{ENVIRONMENT}_HASH" }\nenvironments:\n'
        while read -r name url mode; do
            printf '  %s:\n    webhook_url: %s\n    webhook_mode: %s\n' "$name" "$url" "$mode"
            case $url in *{token}*)
                printf '    webhook_secrets: { token: { env: TOKEN } }\n' ;;
            esac
        done
    } > bankhook.yaml
}

# With replace=exec the program takes the shell's place, so that it can be killed.
replace=
run() {
    $replace env LD_PRELOAD="$PWD/.git/clock.so" CLOCK_OFFSET=$((now - moment)) \
        TOKEN="${TOKEN:-0123456789abcdef-first}" \
        BANKHOOK_RUN_URL="https://ci.lender.example/runs/${number:-1000}" \
        PRODUCTION_KEY=key-of-production PRODUCTION_HASH=hash-of-production \
        UAT_KEY="${UAT_KEY:-key-of-uat}" UAT_HASH=hash-of-uat \
        STAGING_KEY=key-of-staging STAGING_HASH=hash-of-staging \
        SANDBOX_KEY=key-of-staging SANDBOX_HASH=hash-of-staging \
        PARTNER_A_KEY=key-of-partner PARTNER_A_HASH=hash-of-partner \
        "$bankhook" "$@"
}

apply() {
    number=$((${number:-1000} + 1))
    run apply --auto-approve --quiet "$@" > /dev/null 2>> .git/log || echo "apply: exit $?" >> .git/log
}

commit() {
    # commit AUTHOR MESSAGE
    git add bankhook.yaml bankhook.state
    GIT_AUTHOR_DATE="@$((moment + 90)) +0000" GIT_COMMITTER_DATE="@$((moment + 90)) +0000" \
        git -c user.name="$1" -c user.email="$(echo "$1" | tr 'A-Z ' 'a-z.')@lender.example" \
        commit --quiet --message "$2"
}

faults() {
    curl -fsS -X PUT -H 'content-type: application/json' -d "$1" "$base_url/_emulator/faults" \
        > /dev/null
}

production=https://hooks.lender.example/bankconnect/{token}
uat=https://uat.lender.example/bankconnect
staging=https://staging.lender.example/hook
partner=https://webhooks.partner-a.example/finbox

at 1850; configure <<END
uat $uat 0
END
apply; commit "Asha Rao" "Register the UAT webhook"
at 1700; configure <<END
uat $uat 1
END
apply; commit "Asha Rao" "Hear of manual uploads in UAT"
at 1610; configure <<END
uat $uat 1
staging $staging 0
END
apply; commit "Jonas Weber" "Add staging"
at 1530; configure <<END
uat $uat 1
staging $staging 0
production $production 0
END
apply; commit "Asha Rao" "Go live: register production"
at 1360; apply --reassert --target production
commit "release-bot" "Send production again after the vendor's maintenance"
at 1300; configure <<END
uat $uat 1
staging $staging 1
production $production 0
END
apply; commit "Jonas Weber" "Hear of manual uploads in staging"
at 1200; configure <<END
uat $uat 1
staging $staging 1
production $production 1
END
apply; commit "Asha Rao" "Deliver manual uploads in production too"
at 1080; configure <<END
uat $uat 1
staging $staging 1
production $production 1
partner-a $partner 0
END
apply; commit "Mei Lin" "Onboard partner A"
at 960; TOKEN=fedcba9876543210-second; export TOKEN
apply --target production; commit "Asha Rao" "Rotate the token in production's URL"
at 880; configure <<END
uat https://uat-2.lender.example/bankconnect 1
staging $staging 1
production $production 1
partner-a $partner 0
END
apply; commit "Jonas Weber" "Move the UAT receiver"
at 800; run state forget partner-a > /dev/null
configure <<END
uat https://uat-2.lender.example/bankconnect 1
staging $staging 1
production $production 1
END
commit "Mei Lin" "Partner A pauses: forget its record"
at 700; run state move staging sandbox > /dev/null
configure <<END
uat https://uat-2.lender.example/bankconnect 1
sandbox $staging 1
production $production 1
END
commit "Jonas Weber" "Call staging what it is: the sandbox"
at 610; configure <<END
uat https://uat-2.lender.example/bankconnect 1
sandbox https://sandbox.lender.example/hook 1
production $production 1
END
apply; commit "Jonas Weber" "A receiver of its own for the sandbox"
# A request that hangs, and a runner that is killed meanwhile: nobody knows whether it arrived.
at 520; configure <<END
uat https://uat-2.lender.example/bankconnect 1
sandbox https://sandbox.lender.example/hook 1
production https://hooks-eu.lender.example/bankconnect/{token} 1
END
faults '[{"path":"/bank-connect/v1/entity/update_webhook/","times":1,"delay_ms":60000}]'
number=$((number + 1))
replace=exec
run apply --auto-approve --quiet --target production > /dev/null 2>> .git/log &
replace=
killed=$!
until grep -q '"id":' bankhook.state/production.json; do sleep 0.05; done
kill -9 "$killed"
wait "$killed" 2>/dev/null || true
commit "release-bot" "State of a run that was killed"
at 436; faults '[]'; apply; commit "release-bot" "Move production's receiver to the EU"
at 400; configure <<END
uat https://uat-2.lender.example/bankconnect 1
sandbox https://sandbox.lender.example/hook 1
production https://hooks-eu.lender.example/bankconnect/{token} 1
partner-a $partner 1
END
apply; commit "Mei Lin" "Partner A is back"
at 330; UAT_KEY=another-key-of-uat; export UAT_KEY
apply; commit "Asha Rao" "Use UAT's new API key"
at 250; configure <<END
uat https://uat-2.lender.example/bankconnect 0
sandbox https://sandbox.lender.example/hook 1
production https://hooks-eu.lender.example/bankconnect/{token} 1
partner-a $partner 1
END
apply --allow mode-downgrade; commit "Jonas Weber" "UAT needs net banking only"
at 150; apply --reassert; commit "release-bot" "Weekly reassert"
at 70; faults '[{"path":"/bank-connect/v1/entity/update_webhook/","times":1,"status":201}]'
configure <<END
uat https://uat-2.lender.example/bankconnect 0
sandbox https://sandbox.lender.example/hook 1
production https://hooks-eu.lender.example/bankconnect/{token} 1
partner-a https://hooks.partner-a.example/finbox 1
END
apply; commit "Mei Lin" "Follow partner A to its new host"
at 20; faults '[]'; apply --reassert --target production
apply --reassert --target sandbox
commit "release-bot" "Send production and sandbox again"
