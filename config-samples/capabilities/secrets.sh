#!/bin/sh
# Secrets: encrypted before they are stored, shown to those alone who may read those of this namespace, copied, and their key
# replaced.
# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "$0")/common.sh"

admin=$credentials
reader=reader-$(random | cut -c 1-8):$(random)
call PUT "$server/users/${reader%%:*}" "{\"role\": \"editor\", \"password\": \"${reader#*:}\", \"secretNamespaces\": [\"$namespace\"]}" |
  expect "\"secretNamespaces\":[\"$namespace\"]"

step 'the mark {secret} in front of a value has it encrypted'
publish orders properties 'db.user=ann\ndb.password={secret}hunter2\n'

step 'an admin sees a mask, or the encrypted form'
call GET "$here/configs/orders" | expect 'db.password={cipher}***'
call GET "$here/configs/orders?secrets=cipher" | expect 'db.password={cipher}rs1.'
call GET "$here/configs/orders?secrets=plain" | expect '"code":"forbidden"'

step 'who may read the secrets of this namespace sees it, also in what the application ends up with'
credentials=$reader
call GET "$here/configs/orders" | expect 'db.password=hunter2'
call GET "$here/effective-config?application=orders" | expect '"value":"hunter2"'

step 'and may copy it to another namespace, where it is encrypted by another key'
call POST "$server/namespaces/$namespace-copy/config-copies" "{\"from\": \"$namespace\"}" | expect '"created":1'
call GET "$server/namespaces/$namespace-copy/configs/orders" | expect 'db.password={cipher}***'
credentials=$admin
call POST "$server/namespaces/$namespace-elsewhere/config-copies" "{\"from\": \"$namespace\"}" |
  expect "the secrets of item $namespace/orders is needed"

step 'another key, while everybody goes on reading'
before=$(call GET "$here/secret-keys" | field current)
call POST "$here/secret-keys/rotation" >"$work/rotation"
after=$(call GET "$here/secret-keys" | field current)
[ "$before" != "$after" ] && echo 'another key encrypts'
credentials=$reader
call GET "$here/configs/orders" | expect 'db.password=hunter2'
