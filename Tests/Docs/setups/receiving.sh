# After lender, with an endpoint on port 9000: production delivers there; webhooks of loan-1 and
# loan-2 arrived, and are in receipts.ndjson.
sed -i 's|https://hooks.lender.example/bankconnect/{token}|http://127.0.0.1:9000/bankconnect/{token}|' bankhook.yaml
bankhook apply --auto-approve --target production
bankhook trigger completed --mode net-banking --link-id loan-1
bankhook trigger completed --mode manual --link-id loan-2
