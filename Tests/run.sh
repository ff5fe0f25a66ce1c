#!/bin/sh
# Installs what is missing, builds, and runs every test. Arguments go to `swift test`.
set -eu

cd "$(dirname "$0")/.."
sh .ci/prepare curl gzip
echo "Building bankhook and its tests (the first build takes several minutes) …"
BANKHOOK_COMMIT=$(sh .ci/commit)
export BANKHOOK_COMMIT
swift build --build-tests --explicit-target-dependency-import-check error
echo "Running the tests …"
swift test --skip-build --parallel "$@"
