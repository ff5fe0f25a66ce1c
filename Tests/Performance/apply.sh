#!/bin/sh
# How fast `bankhook apply` is beside a bare client that speaks TLS to the same server (specification,
# section 12). Prints ratios; judges nothing.
#
#   sh Tests/Performance/apply.sh [RUNS]
#
# BANKHOOK names the binary, by default the release build. Needs cc, libssl-dev, openssl and python3.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bankhook=${BANKHOOK:-$here/../../.build/release/bankhook}
runs=${1:-5}
# On the disk that the repository is on: /tmp may be memory, where syncs cost nothing.
work=$(mktemp -d "$here/../../.build/apply.XXXXXX")
trap 'kill $servers 2>/dev/null; rm -rf "$work"' EXIT
servers=

for program in server client; do
    cc -O2 -o "$work/$program" "$here/floors/apply_$program.c" -lssl -lcrypto -lpthread
done
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
    -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
    -addext basicConstraints=critical,CA:TRUE \
    -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null

# serve LATENCY_MS: starts a server and sets $port
serve() {
    "$work/server" "$work/cert.pem" "$work/key.pem" "$1" "$work/port" &
    servers="$servers $!"
    while [ ! -s "$work/port" ]; do sleep 0.05; done
    port=$(cat "$work/port")
    rm "$work/port"
}

# fleet COUNT: a configuration of that many accounts, and their keys
fleet() {
    python3 - "$1" "$port" "$work" <<'END'
import sys
count, port, work = int(sys.argv[1]), sys.argv[2], sys.argv[3]
with open(work + "/bankhook.yaml", "w") as config:
    config.write(f"""version: 1
defaults:
  base_url: https://localhost:{port}
  webhook_mode: net_banking_and_manual
  ca_file: cert.pem
  credentials:
    api_key: {{ file: "keys/{{environment}}" }}
    server_hash: {{ file: "hash" }}
environments:
""")
    for number in range(count):
        config.write(f"  e{number}: {{ webhook_url: 'https://e{number}.lender.example/hook' }}\n")
import os
os.makedirs(work + "/keys", exist_ok=True)
open(work + "/hash", "w").write("the-server-hash-of-all")
for number in range(count):
    open(f"{work}/keys/e{number}", "w").write(f"the-api-key-of-{number}")
END
}

# measure NAME COMMAND...: appends its wall time and processor time to a file
measure() {
    name=$1
    shift
    rm -rf "$work/bankhook.state" "$work/files"
    mkdir "$work/files"
    sync -f "$work"
    python3 - "$work/$name" "$@" <<'END'
import os, resource, subprocess, sys, time
start = time.monotonic()
subprocess.run(sys.argv[2:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
wall = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "a") as file:
    print(wall, used.ru_utime, used.ru_stime, used.ru_maxrss, file=file)
END
}

# report TEXT NAME FLOOR MODE: all the figures, and the ratio of pairs of runs
report() {
    python3 - "$work" "$@" <<'END'
import sys
work, text, name, floor, mode = sys.argv[1:]
rows = lambda name: [[float(x) for x in line.split()] for line in open(f"{work}/{name}")]
shown = lambda values, form: " / ".join(form % f(values) for f in (min, lambda v: sorted(v)[len(v) // 2], max))
ours, bare = rows(name), rows(floor)
ratios = [b[0] / o[0] * 100 if mode == "rate" else o[0] / b[0] for o, b in zip(ours, bare)]
print(text, "(min / median / max)")
for label, data in (("bankhook", ours), ("the floor", bare)):
    columns = list(zip(*data))
    print(f"  {label:10} wall {shown(columns[0], '%.3f')} s, user {shown(columns[1], '%.2f')} s, "
          f"system {shown(columns[2], '%.2f')} s, {max(columns[3]) / 1024:.0f} MiB")
print("  ratio     ", shown(ratios, "%.0f%%" if mode == "rate" else "%.2f"))
END
}

apply() {
    measure "$1" "$bankhook" apply --config "$work/bankhook.yaml" --auto-approve --quiet \
        --parallelism 16
}

serve 20
fleet 1000
for run in $(seq "$runs"); do
    measure floor-latency "$work/client" "$port" "$work/cert.pem" 1000 16
    apply latency
done
report "apply 1,000 at 20 ms latency, 16 at a time: time of bankhook to the bare client's" \
    latency floor-latency time

serve 0
fleet 10000
for run in $(seq "$runs"); do
    measure floor-rate "$work/client" "$port" "$work/cert.pem" 10000 16 "$work/files"
    apply rate
done
report "apply 10,000 at no latency: rate of bankhook to that of a client that syncs nothing" \
    rate floor-rate rate
