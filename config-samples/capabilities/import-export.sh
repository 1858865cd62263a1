#!/bin/sh
# Export and import: all items of a namespace as a zip, into another one, by one transaction.
# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "$0")/common.sh"

there=$server/namespaces/$namespace-copy
import() {
  call POST "$there/config-imports$1" --header 'Content-Type: application/octet-stream' --data-binary "@$work/$2"
}

publish orders yaml 'limit: 10\n'
publish stock toml 'limit = 20\n'

step 'an export'
call GET "$here/config-export" --output "$work/export.zip"
od -A n -c -N 2 "$work/export.zip" | tr -d ' '

step 'a preview of its import changes nothing'
import '?preview=true' export.zip | expect '"created":2'
call GET "$there/configs/orders" | expect '"code":"config-not-found"'

step 'the import'
import '' export.zip | expect '"created":2'
call GET "$there/configs/stock" | expect '"content":"limit = 20\n"'

step 'once more: nothing is to be done'
import '' export.zip | expect '"unchanged":2'

step 'an item that is there with other content: the caller decides'
call PUT "$there/configs/orders" '{"format": "yaml", "content": "limit: 11\n"}' --header 'If-Match: "1"' | expect '"version":2'
import '' export.zip | expect '"code":"conflict"'
import '?conflict=new_version' export.zip | expect '"changed":1'

step 'what Consul exports'
printf '[{"key": "config/billing/data", "flags": 0, "value": "%s"}]' "$(printf 'limit: 30\n' | base64)" >"$work/consul.json"
import '' consul.json | expect '"source":"consul"'
call GET "$there/configs/billing" | expect '"content":"limit: 30\n"'
