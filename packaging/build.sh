#!/bin/sh
# Builds the binary that is released:
#
#   packaging/build.sh FILE
#
# Everything is linked into it but the C library, libm and libgcc_s, whose versions belong to the system.
# The path of the sources is nowhere in it. Its length is, in one function of Hummingbird's (the compiler maps
# the name of a file that an isolation check reports, and not the name's length), so that the same bytes come
# from folders whose paths are equally long. The versions of the packages are those of packaging/pins.json
# and no others.
set -eu

output=$1
cd "$(dirname "$0")/.."
root=$(pwd -P)
sh .ci/prepare

# The linker takes an archive only where it sees no shared library beside it.
archives=$root/.build/archives
mkdir -p "$archives"
clang=$(dirname "$(readlink -f "$(command -v swift)")")/clang
for archive in libyaml.a libz.a libstdc++.a; do
    found=$("$clang" -print-file-name="$archive")
    if [ ! -f "$found" ]; then
        echo "$archive is missing: install the development files of that library" >&2
        exit 1
    fi
    ln -sf "$found" "$archives/$archive"
done
cat > "$archives/yaml-0.1.pc" <<END
Name: yaml
Description: libyaml, linked statically
Version: $(pkg-config --modversion yaml-0.1)
Libs: -L$archives -lyaml
END

"$clang" -O2 -Wall -Werror -ffunction-sections -c packaging/glibc.c -o "$archives/glibc.o"

# Functions in sections of their own, and no symbol exported, let the linker drop what nothing calls.
BANKHOOK_COMMIT=$(sh .ci/commit)
export BANKHOOK_COMMIT PKG_CONFIG_PATH="$archives"
cp packaging/pins.json Package.resolved
swift build -c release --product bankhook --static-swift-stdlib --force-resolved-versions \
    -debug-info-format none \
    -Xswiftc -Osize -Xswiftc -Xfrontend -Xswiftc -function-sections \
    -Xswiftc -file-prefix-map -Xswiftc "$root=." \
    -Xcc "-ffile-prefix-map=$root=." -Xcxx "-ffile-prefix-map=$root=." \
    -Xlinker "-L$archives" -Xlinker --no-export-dynamic -Xlinker --build-id=none \
    -Xlinker "$archives/glibc.o" -Xlinker --wrap=hypot -Xlinker --wrap=hypotf >&2
cp .build/release/bankhook "$output"
strip --strip-all "$output"

# What each module was compiled from, as a hash, which the folder's path goes into. Only the compiler reads
# it, and not from here.
objcopy --dump-section ".swift_modhash=$archives/hashes" "$output" "$archives/unused"
head -c "$(stat -c %s "$archives/hashes")" /dev/zero > "$archives/blank"
objcopy --update-section ".swift_modhash=$archives/blank" "$output"
