# A repository with a remote and the keys of two environments, and no configuration.
mkdir teams
cd teams
git init --quiet --initial-branch=main
git init --quiet --bare --initial-branch=main ../remote.git
git remote add origin ../remote.git
export BANKCONNECT_UAT_API_KEY=uat-key BANKCONNECT_UAT_SERVER_HASH=uat-hash
export BANKCONNECT_PRODUCTION_API_KEY=prod-key BANKCONNECT_PRODUCTION_SERVER_HASH=prod-hash
export BANKCONNECT_PRODUCTION_WEBHOOK_TOKEN=4f1c2a9b7d3e8056a1b2
