#!/bin/sh
# Publication at a time: a change set is published two seconds from now, by the server.
# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "$0")/common.sh"

set_url=$here/change-sets/$(call POST "$here/change-sets" '{"title": "At night"}' | field id)
call PUT "$set_url/drafts/orders" '{"action": "publish", "format": "yaml", "content": "limit: 1\n"}' --header 'If-Match: "1"' |
  expect '"status":"open"'

step 'it is scheduled'
seconds=$(($(date +%s) + 2))
at=$(date -u -d "@$seconds" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null || date -u -r "$seconds" +%Y-%m-%dT%H:%M:%SZ)
call POST "$set_url/actions" "{\"action\": \"schedule\", \"publishAt\": \"$at\"}" --header 'If-Match: "2"' |
  expect '"status":"scheduled"'
call GET "$here/configs/orders" | expect '"code":"config-not-found"'

step 'and published when it is due'
is_published() {
  call GET "$set_url" | grep -q '"status":"published"'
}
wait_until is_published
call GET "$here/configs/orders" | expect '"publishedBy":"admin"'
