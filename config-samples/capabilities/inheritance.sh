#!/bin/sh
# Inheritance and profiles: what the application 'orders' ends up with, and where each property comes from.
# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "$0")/common.sh"

# Each property of an answer, with its origin.
properties() {
  awk '{ gsub(/\{"name":/, "\n&"); print }' |
    sed -n 's/^{"name":"\([^"]*\)","chosen":{"value":"\([^"]*\)","item":"\([^"]*\)","version":\([0-9]*\),"gray":[a-z]*,"line":\([0-9]*\).*/\1=\2  from \3, version \4, line \5/p'
}

step 'what all applications share, what orders has, and both for production'
publish application yaml 'greeting: hello\ntimeout: 5s\n'
publish application-production yaml 'timeout: 2s\n'
publish orders yaml 'pool:\n  size: 10\n'
publish orders-production yaml 'pool:\n  size: 50\n'

step 'orders without profiles'
call GET "$here/effective-config?application=orders" | properties

step 'orders in production'
call GET "$here/effective-config?application=orders&profiles=production" | properties

step 'what production changes'
call GET "$here/effective-config/comparison?application=orders&toProfiles=production" >"$work/comparison"
awk '{ gsub(/\{"name":/, "\n&"); print }' "$work/comparison" |
  sed -n 's/^{"name":"\([^"]*\)","from":{"value":"\([^"]*\)".*"to":{"value":"\([^"]*\)".*/\1: \2 -> \3/p'
