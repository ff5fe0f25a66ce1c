#!/bin/sh
# A newcomer's first minutes on a new Debian 12, once from the tarball, once from the Debian package:
#
#   sh Tests/Release/fresh-root.sh TARBALL DEB
#
# Each gets a system of its own, with nothing but what Debian calls minimal. Inside: install, init, edit two
# lines, validate, plan, and apply against the emulator. Prints how long each step takes. Needs root; the
# minimal system is kept under ~/.cache/bankhook, since making it takes a minute.
set -eu

[ $# = 2 ] || { echo "usage: sh Tests/Release/fresh-root.sh TARBALL DEB" >&2; exit 64; }
tarball=$(realpath -e "$1")
deb=$(realpath -e "$2")
cd "$(dirname "$0")/../.."
command -v debootstrap >/dev/null 2>&1 || sh .ci/prepare debootstrap
cache=${XDG_CACHE_HOME:-$HOME/.cache}/bankhook
base=$cache/bookworm.tar
work=$(mktemp -d)
root=$work/root
finish() {
    ! mountpoint -q "$root/proc" || umount "$root/proc"
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

if [ ! -f "$base" ]; then
    echo "Making a minimal Debian 12 (once) …"
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
    debootstrap --variant=minbase bookworm "$root" "$mirror" > "$work/log" 2>&1 ||
        { tail -n 5 "$work/log" >&2; exit 1; }
    mkdir -p "$cache"
    tar -c -f "$base.new" -C "$root" .
    mv "$base.new" "$base"
    rm -rf "$root"
fi

now() {
    date +%s%N
}

# step NAME COMMAND: runs it in the system, and prints how long it took.
step() {
    began=$(now)
    chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 PATH="$path" ${proxies:-} \
        BANKCONNECT_UAT_API_KEY=uat-key BANKCONNECT_UAT_SERVER_HASH=uat-hash \
        sh -e -c "cd /root; $2" > "$work/output" 2>&1 || {
        cat "$work/output" >&2
        echo "in the new system this failed: $2" >&2
        exit 1
    }
    printf '  %-9s %6d ms\n' "$1" $((($(now) - began) / 1000000))
}

new_system() {
    mkdir "$root"
    tar -x -f "$base" -C "$root"
    mount -t proc proc "$root/proc"
    mkdir "$root/root/download"
}

first_minutes() {
    chroot "$root" ldd "$1" | sed 's/^/    /'
    step version 'bankhook --version'
    step init 'bankhook init --environment uat'
    # The emulator first, for its address is one of the two lines.
    chroot "$root" /usr/bin/env -i HOME=/root PATH="$path" "$1" emulate --quiet --port 0 \
        --ready-file /root/ready --account uat-key:uat-hash > "$work/emulator" 2>&1 &
    emulator=$!
    tries=0
    until [ -s "$root/root/ready" ]; do
        tries=$((tries + 1))
        [ "$tries" -lt 300 ] || { cat "$work/emulator" >&2; exit 1; }
        sleep 0.1
    done
    step edit 'sed -i -e "s|base_url: https.*|base_url: $(cat ready)|" \
        -e "s|webhook_url: #.*|webhook_url: https://uat.lender.example/bankconnect|" bankhook.yaml'
    step validate 'bankhook validate'
    step plan 'bankhook plan | grep "Plan: 1 to register"'
    step apply 'bankhook apply --auto-approve | grep "Apply: 1 applied"'
    step again 'bankhook plan --detailed-exitcode'
    kill "$emulator"
    wait "$emulator" || true
}

echo "From the tarball:"
path=/root/.local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
new_system
cp "$tarball" "$(dirname "$tarball")/SHA256SUMS" "$root/root/download/"
step install "tar -xzf download/*.tar.gz && sh bankhook-*/install.sh"
first_minutes /root/.local/bin/bankhook
step uninstall "sh bankhook-*/install.sh --uninstall; [ ! -e .local ]"
umount "$root/proc"
rm -rf "$root"

echo "From the Debian package:"
path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
new_system
cp "$deb" "$root/root/download/"
cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
cp /etc/apt/apt.conf.d/*proxy* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
proxies=$(env | grep -i -E '^https?_proxy=[^ ]*$' || true)
step update "apt-get update -qq"
step install "DEBIAN_FRONTEND=noninteractive apt-get install -y -qq ./download/*.deb"
first_minutes /usr/bin/bankhook
step remove "apt-get purge -y -qq bankhook; [ ! -e /usr/bin/bankhook ] && [ ! -e /usr/share/bankhook ]"
