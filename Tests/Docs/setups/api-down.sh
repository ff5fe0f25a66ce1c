# The next five update calls are answered with 503.
curl --silent --fail --request PUT http://127.0.0.1:8585/_emulator/faults \
    --header 'content-type: application/json' \
    --data '[{"path": "/bank-connect/v1/entity/update_webhook/", "status": 503, "times": 5}]'
