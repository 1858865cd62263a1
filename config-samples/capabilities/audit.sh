#!/bin/sh
# The audit log: who did what, and with what outcome; and whether anybody has touched it since.
# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "$0")/common.sh"

publish orders yaml 'limit: 10\n'
call PUT "$here/configs/orders" '{"format": "yaml", "content": "limit: 20\n"}' --header 'If-Match: "1"' | expect '"version":2'
call DELETE "$here/configs/orders" --header 'If-Match: "1"' | expect '"code":"version-mismatch"'

# Action and outcome of each entry, newest first.
entries() {
  call GET "$server/audit?target=$namespace" | tr '{' '\n' |
    sed -n -e 's/.*"action":"\([^"]*\)".*/\1/p' -e 's/.*"outcome":"\([^"]*\)".*/  \1/p'
}

step 'what was done to this namespace, also what was refused'
is_there() {
  [ "$(entries | grep -c 'config\.')" -eq 3 ]
}
wait_until is_there
entries

step 'what before and after: versions, not documents'
call GET "$server/audit?target=$namespace" | tr '{' '\n' | sed -n 's/.*"before":"\([^"]*\)","after":"\([^"]*\)".*/\1 -> \2/p'

step 'every entry has the hash of the one before'
call GET "$server/audit/verification" | expect '"intact":true'
