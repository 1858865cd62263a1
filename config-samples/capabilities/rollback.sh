#!/bin/sh
# Versions: what a rollback would change, the rollback, a deletion and its undoing. History only grows.
# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "$0")/common.sh"

publish orders yaml 'limit: 10\n'
call PUT "$here/configs/orders" '{"format": "yaml", "content": "limit: 1000\n", "comment": "more"}' --header 'If-Match: "1"' |
  expect '"version":2'

step 'what a rollback to version 1 would change'
call GET "$here/configs/orders/comparison?to=1" |
  sed -n 's/.*"from":{"value":"\([^"]*\)".*"to":{"value":"\([^"]*\)".*/limit: \1 -> \2/p'

step 'the rollback is version 3'
call POST "$here/configs/orders/rollback" '{"toVersion": 1, "comment": "too many"}' --header 'If-Match: "2"' | expect '"version":3'
call GET "$here/configs/orders" | expect '"content":"limit: 10\n"'

step 'deleted, and brought back'
call DELETE "$here/configs/orders" --header 'If-Match: "3"'
call GET "$here/configs/orders" | expect '"code":"config-not-found"'
call POST "$here/configs/orders/undelete" '{}' --header 'If-Match: "4"' | expect '"version":5'

step 'the history'
call GET "$here/configs/orders/versions" | tr '{' '\n' | sed -n 's/.*"version":\([0-9]*\).*"action":"\([a-z_]*\)".*/version \1: \2/p'
