# After lender, with an endpoint on port 9000: production delivers there, and webhooks of loan-1 and
# loan-2 arrived. acct-d307333a is the emulator's name for the keys of production.
sed -i 's|https://hooks.lender.example|http://127.0.0.1:9000|' bankhook.yaml
bankhook apply --auto-approve --target production
bankhook trigger completed --mode net-banking --link-id loan-1 --account acct-d307333a
bankhook trigger completed --mode manual --link-id loan-2 --account acct-d307333a
