# The tutorial's configuration, in a repository, with its keys in variables; nothing applied.
mkdir hooks
cd hooks
git init --quiet --initial-branch=main
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
export BANKCONNECT_UAT_API_KEY=uat-key BANKCONNECT_UAT_SERVER_HASH=uat-hash
export BANKCONNECT_PRODUCTION_API_KEY=prod-key BANKCONNECT_PRODUCTION_SERVER_HASH=prod-hash
export BANKCONNECT_PRODUCTION_WEBHOOK_TOKEN=4f1c2a9b7d3e8056a1b2
git add --all
git commit --quiet --message "Declare uat and production"
