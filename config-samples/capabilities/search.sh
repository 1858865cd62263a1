#!/bin/sh
# Search over all namespaces: by text, by path of a property, by what is said of items.
# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "$0")/common.sh"

host=$(random).example.org
publish orders yaml "spring:\n  datasource:\n    url: jdbc:postgresql://$host/orders\n"
publish stock properties "spring.datasource.url=jdbc:postgresql://$host/stock\n"
here=$server/namespaces/$namespace-staging
publish orders yaml "# like $host\nlimit: 10\n"
here=$server/namespaces/$namespace

# Namespace, item and line of each hit.
hits() {
  tr '{' '\n' | sed -n 's/^"namespace":"\([^"]*\)","name":"\([^"]*\)","version":[0-9]*,"line":\([0-9]*\).*/\1 \2 line \3/p'
}

step 'a text'
call GET "$server/config-search?text=$host" | hits

step 'a property'
call GET "$server/config-search?path=spring.*.url&text=$host" | hits

step 'what is said of items'
call PUT "$here/configs/stock/details" "{\"labels\": {\"team\": \"$namespace\"}, \"owner\": \"team-stock@example.com\"}" |
  expect '"owner":"team-stock@example.com"'
call GET "$server/config-search?label=team=$namespace" | hits
