#!/bin/sh
# Review: in this namespace nothing is published that another person has not agreed to.
# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "$0")/common.sh"

admin=$credentials
author=author-$(random | cut -c 1-8):$(random)
call PUT "$server/users/${author%%:*}" "{\"role\": \"editor\", \"password\": \"${author#*:}\"}" >"$work/user"

step 'the namespace asks for review'
call PUT "$here/publish-rules" '{"reviewRequired": true}' | expect '"reviewRequired":true'
call PUT "$here/configs/orders" '{"format": "yaml", "content": "limit: 1\n"}' | expect '"code":"review-required"'

step 'an editor writes a change set and asks for review'
credentials=$author
set_url=$here/change-sets/$(call POST "$here/change-sets" '{"title": "A limit"}' | field id)
call PUT "$set_url/drafts/orders" '{"action": "publish", "format": "yaml", "content": "limit: 1\n"}' --header 'If-Match: "1"' |
  expect '"status":"open"'
call POST "$set_url/actions" '{"action": "request_review"}' --header 'If-Match: "2"' | expect '"status":"in_review"'

step 'who wrote it may not approve it'
call POST "$set_url/actions" '{"action": "approve"}' --header 'If-Match: "3"' | expect 'by others than those who wrote it'

step 'another person does, and the editor publishes it'
credentials=$admin
call POST "$set_url/actions" '{"action": "approve", "comment": "fine"}' --header 'If-Match: "3"' | expect '"status":"approved"'
credentials=$author
call POST "$set_url/actions" '{"action": "publish"}' --header 'If-Match: "4"' | expect '"status":"published"'
call GET "$here/configs/orders" | expect '"version":1'
