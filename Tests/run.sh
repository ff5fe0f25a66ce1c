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
# All at once they would wait for each other longer than what they test waits.
: "${SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH:=$(($(getconf _NPROCESSORS_ONLN) * 4))}"
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH
swift test --skip-build --parallel "$@"
