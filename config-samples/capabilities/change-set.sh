#!/bin/sh
# A change set: drafts of two items, of which a wrong one is refused at once, published by one transaction.
# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "$0")/common.sh"

step 'a change set'
set_url=$here/change-sets/$(call POST "$here/change-sets" '{"title": "Longer time-outs"}' | field id)
draft() {
  call PUT "$set_url/drafts/$1" "{\"action\": \"publish\", \"format\": \"yaml\", \"content\": \"$2\"}" --header "If-Match: \"$3\""
}

step 'two drafts, which nobody sees but editors'
draft orders 'timeout: 5s\n' 1 | expect '"status":"open"'
draft stock 'timeout: 9s\n' 2 | expect '"number":3'
call GET "$here/configs/orders" | expect '"code":"config-not-found"'

step 'a draft that would not be published is refused, with line and column'
draft stock 'timeout: 9s\ntimeout: 8s\n' 3 | expect '"line":2,"column":1'

step 'whoever has not seen the last change is refused'
draft stock 'timeout: 7s\n' 2 | expect '"code":"version-mismatch"'

step 'both are published, at one revision'
call POST "$set_url/actions" '{"action": "publish"}' --header 'If-Match: "3"' | expect '"status":"published"'
first=$(call GET "$here/configs/orders" | field revision)
second=$(call GET "$here/configs/stock" | field revision)
[ "$first" = "$second" ] && echo 'orders and stock have the same revision'
