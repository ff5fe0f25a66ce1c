#!/bin/sh
# Simulated histories of applies, with deaths and lost power: sh Tests/simulate.sh [SEEDS] [FIRST]
set -eu

cd "$(dirname "$0")/.."
export BANKHOOK_SIMULATION_SEEDS="${1:-1000}" BANKHOOK_SIMULATION_FIRST="${2:-1}"
swift build --build-tests
swift test --skip-build --filter 'SimulationTests\.SimulationTests/.*hold'
