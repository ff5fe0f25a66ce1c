# After receiving: the receipts that the endpoint would have, from the emulator's own deliveries.
curl --silent --fail http://127.0.0.1:8585/_emulator/deliveries |
    jq --compact-output '.[].body' > receipts.ndjson
