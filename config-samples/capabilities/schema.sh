#!/bin/sh
# Checks: a document against the schema of its item, and against what its application says of its properties.
# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "$0")/common.sh"

step 'a schema, which is obeyed from then on'
call PUT "$here/configs/limits/schema" '{"schema": "{\"properties\": {\"limit\": {\"type\": \"integer\", \"maximum\": 100}}}"}' |
  expect '"number":1'
call PUT "$here/configs/limits" '{"format": "yaml", "content": "name: a\nlimit: ten\n"}' | expect '"line":2,"column":1'
publish limits yaml 'name: a\nlimit: 10\n'

step 'what the application says of its properties'
printf '{"properties": [{"name": "server.port", "type": "java.lang.Integer"}]}' >"$work/metadata"
call POST "$here/config-metadata/orders?refuse=true" --header 'Content-Type: application/octet-stream' \
  --data-binary "@$work/metadata" | expect '"properties":1'

step 'what would be said of a document'
call POST "$here/configs/orders/check" '{"format": "yaml", "content": "server:\n  prot: 8080\n"}' |
  expect 'perhaps server.port'

step 'and it is not published'
call PUT "$here/configs/orders" '{"format": "yaml", "content": "server:\n  prot: 8080\n"}' | expect '"line":2,"column":3'
publish orders yaml 'server:\n  port: 8080\n'
