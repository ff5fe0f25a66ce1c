# shellcheck shell=sh
# The repository in which the examples of docs/ play, for a shell that follows them:
#
#   . examples/workspace.sh     in a clone of bankhook, in sh, bash or zsh
#   workspace STATE             a new folder each time, and the shell goes there
#
#   declared    the tutorial's uat and production are declared and committed; nothing is recorded
#   applied     both are applied as well, and their records committed
#   branch      applied, with the records on the branch bankhook-state of the remote
#
# bankhook is on the PATH, and bankhook emulate --any-account serves in another terminal. The remote is a
# folder beside the repository. Sets the keys that the emulator takes, and no others.

workspace() {
    workspace_folder=$(workspace_made "${1:-}") || return
    cd "$workspace_folder/hooks" || return
    unset workspace_folder
    workspace_keys
    echo "uat and production, $1, in $PWD"
}

workspace_keys() {
    unset BANKHOOK_CONFIG BANKHOOK_POLICY
    export BANKCONNECT_UAT_API_KEY=uat-key BANKCONNECT_UAT_SERVER_HASH=uat-hash
    export BANKCONNECT_PRODUCTION_API_KEY=prod-key BANKCONNECT_PRODUCTION_SERVER_HASH=prod-hash
    export BANKCONNECT_PRODUCTION_WEBHOOK_TOKEN=4f1c2a9b7d3e8056a1b2
}

# Makes the folder and prints its path; a shell of its own, so that a mistake ends it and not the reader's.
workspace_made() (
    set -eu
    case $1 in
    declared | applied | branch) ;;
    *) echo "workspace declared, workspace applied, or workspace branch" >&2; exit 64 ;;
    esac
    [ "$1" = declared ] || curl --silent --fail http://127.0.0.1:8585/_emulator/registrations > /dev/null || {
        echo "no emulator answers: bankhook emulate --any-account, in another terminal" >&2
        exit 1
    }
    workspace_keys
    folder=$(mktemp -d "${TMPDIR:-/tmp}/bankhook-XXXXXX")
    git init --quiet --bare --initial-branch=main "$folder/remote.git"
    git init --quiet --initial-branch=main "$folder/hooks"
    cd "$folder/hooks"
    git config user.name > /dev/null || git config user.name "A reader"
    git config user.email > /dev/null || git config user.email reader@lender.example
    git remote add origin ../remote.git
    cat > bankhook.yaml <<'END'
version: 1

defaults:
  base_url: http://127.0.0.1:8585
  webhook_mode: net_banking_and_manual
  credentials:
    api_key: { env: "BANKCONNECT_{ENVIRONMENT}_API_KEY" }
    server_hash: { env: "BANKCONNECT_{ENVIRONMENT}_SERVER_HASH" }

environments:
  uat:
    webhook_url: https://uat.lender.example/bankconnect
  production:
    webhook_url: https://hooks.lender.example/bankconnect/{token}
    webhook_secrets:
      token: { env: BANKCONNECT_PRODUCTION_WEBHOOK_TOKEN }
END
    git add bankhook.yaml
    git commit --quiet --message "Declare uat and production"
    if [ "$1" = branch ]; then
        printf '\nstate:\n  git: { remote: origin, branch: bankhook-state }\n' >> bankhook.yaml
        git commit --quiet --message "Keep the records on a branch" bankhook.yaml
        bankhook state init >&2
    fi
    if [ "$1" != declared ]; then
        bankhook apply --auto-approve --quiet >&2
    fi
    if [ "$1" = applied ]; then
        git add bankhook.state
        git commit --quiet --message "Record what was applied"
    fi
    git push --quiet --set-upstream origin main
    echo "$folder"
)
