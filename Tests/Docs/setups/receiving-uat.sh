# After lender: uat delivers to the endpoint on port 3000.
sed -i 's|https://uat.lender.example/bankconnect|http://127.0.0.1:3000/bankconnect|' bankhook.yaml
