# shellcheck shell=sh
# Messages and the version. Read by bin/roster.

say() {
  printf 'roster: %s\n' "$*"
}

fail() {
  printf 'roster: %s\n' "$*" >&2
  exit 1
}

usage_error() {
  printf "roster: %s; 'bin/roster -h' lists what there is\n" "$*" >&2
  exit 2
}

# The version of the project: the first <version> in the parent pom is its own.
project_version() {
  sed -n 's:.*<version>\(.*\)</version>.*:\1:p' pom.xml | head -n 1
}
