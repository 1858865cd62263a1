#!/bin/sh
# Publishes the samples' configuration with curl: each file of configuration/ as the item of that name, or as its next
# version. 'bin/roster samples' does the like by itself. Usage: config-samples/load-configuration.sh [ADMIN-PASSWORD-FILE]
set -eu

url=${ROSTER_URL:-http://127.0.0.1:7400}/api/v1/namespaces/default/configs
password=$(cat "${1:-data/admin-password}")
folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)/configuration

# The password goes to curl by a pipe, so that it does not show in the list of processes.
call() {
  printf 'user = "admin:%s"\n' "$password" | curl --silent --show-error --fail-with-body --config - "$@"
}

# A document as a JSON string.
quoted() {
  sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/	/\\t/g' -e 's/$/\\n/' "$1" | tr -d '\n'
}

for file in "$folder"/*.yaml; do
  item=$(basename "$file" .yaml)
  # The version to replace, if there is one: it must be named, so that nobody's change is overwritten unseen.
  version=$(call "$url/$item" --output /dev/null --dump-header - 2>/dev/null | tr -d '\r' | sed -n 's/^[Ee][Tt][Aa][Gg]: *//p') || version=
  if [ -n "$version" ]; then
    set -- --header "If-Match: $version"
  else
    set -- --header 'If-None-Match: *'
  fi
  call --request PUT "$url/$item" "$@" --header 'Content-Type: application/json' --output /dev/null \
    --data "{\"format\": \"yaml\", \"content\": \"$(quoted "$file")\", \"comment\": \"from the samples\"}"
  echo "published $item"
done
