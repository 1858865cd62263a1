#!/bin/sh
# Delivery: fetched by entity tag, pushed by a stream, and what applications say that they run with. The starter does all of it.
# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "$0")/common.sh"

publish orders yaml 'limit: 10\n'

step 'who has the current version is told so, and nothing else'
call GET "$here/configs/orders" --include | tr -d '\r' | grep -i '^etag'
call GET "$here/configs/orders" --header 'If-None-Match: "1"' --output "$work/none" --write-out 'status %{http_code}\n'

step 'a stream tells of the next one, with the document'
call POST "$server/watch" "{\"configs\": [{\"namespace\": \"$namespace\", \"name\": \"orders\"}], \"client\": {\"instance\": \"orders-1\"}}" \
  --no-buffer --max-time 10 >"$work/stream" 2>/dev/null &
has_been_told() {
  grep -q "event: $1" "$work/stream"
}
wait_until has_been_told snapshot
call PUT "$here/configs/orders" '{"format": "yaml", "content": "limit: 20\n"}' --header 'If-Match: "1"' | expect '"version":2'
wait_until has_been_told change
sed -n '/event: change/,$p' "$work/stream" | expect '"content":"limit: 20\n"'

step 'orders-1 runs with it, orders-2 cannot'
call PUT "$here/config-reports/orders-1" '{"application": "orders", "items": [{"name": "orders", "fetchedVersion": 2,
  "appliedVersion": 2}]}'
call PUT "$here/config-reports/orders-2" '{"application": "orders", "items": [{"name": "orders", "fetchedVersion": 2,
  "appliedVersion": 1, "errors": [{"property": "limit", "message": "at most 15"}]}]}'
call GET "$here/configs/orders/adoption" >"$work/adoption"
printf 'version %s: %s have it, %s run with it, %s cannot\n' "$(field version <"$work/adoption")" \
  "$(field fetched <"$work/adoption")" "$(field applied <"$work/adoption")" "$(field failed <"$work/adoption")"
expect 'at most 15' <"$work/adoption"
