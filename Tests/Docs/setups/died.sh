# An apply of uat is killed while BankConnect takes its time to answer.
curl --silent --fail --request PUT http://127.0.0.1:8585/_emulator/faults \
    --header 'content-type: application/json' \
    --data '[{"path": "/bank-connect/v1/entity/update_webhook/", "delay_ms": 30000, "times": 1}]'
bankhook apply --auto-approve --reassert --target uat > /dev/null 2>&1 &
apply=$!
tries=0
until bankhook plan 2>&1 | grep --quiet "outcome unknown"; do
    tries=$((tries + 1))
    [ $tries -lt 100 ]
    sleep 0.1
done
kill -KILL $apply
wait $apply || true
