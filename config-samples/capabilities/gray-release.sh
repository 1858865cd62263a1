#!/bin/sh
# A gray release: live for one instance first, and taken back by the server when that instance reports an error.
# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "$0")/common.sh"

publish orders yaml 'limit: 10\n'

step 'version 2 is live for orders-1, later for half of a zone'
call POST "$here/configs/orders/gray-releases" '{"format": "yaml", "content": "limit: many\n", "steps": [
  {"instances": ["orders-1"], "bake": "PT10M"}, {"labels": {"zone": "eu-1a"}, "percentage": 50, "bake": "PT30M"}]}' \
  --header 'If-Match: "1"' | expect '"status":"running"'
printf 'orders-1 has version %s\n' "$(call GET "$here/configs/orders?instance=orders-1" | field version)"
printf 'orders-2 has version %s\n' "$(call GET "$here/configs/orders?instance=orders-2" | field version)"

step 'what it changes for orders-1'
call GET "$here/effective-config/comparison?application=orders&instance=orders-1" |
  sed -n 's/.*"from":{"value":"\([^"]*\)".*"to":{"value":"\([^"]*\)".*/limit: \2 -> \1/p'

step 'orders-1 reports that it cannot use it; the starter does so by itself'
call PUT "$here/config-reports/orders-1" '{"application": "orders", "items": [{"name": "orders", "fetchedVersion": 2,
  "appliedVersion": 1, "errors": [{"property": "limit", "message": "no number: many"}]}]}'

step 'the server takes it back'
is_rolled_back() {
  call GET "$here/configs/orders/gray-releases/2" | grep -q '"status":"rolled_back"'
}
wait_until is_rolled_back
call GET "$here/configs/orders/gray-releases/2" | expect 'orders-1: limit: no number: many'
printf 'orders-1 has version %s\n' "$(call GET "$here/configs/orders?instance=orders-1" | field version)"
