# shellcheck shell=sh
# What the scripts beside this one share. Each uses a namespace of its own, so they run in any order; to run one again on the
# same server, give it another: ROSTER_NAMESPACE=again config-samples/capabilities/rollback.sh
set -eu

server=${ROSTER_URL:-http://127.0.0.1:7400}/api/v1
credentials=admin:$(cat "${ROSTER_PASSWORD_FILE:-data/admin-password}")
name=$(basename "$0" .sh)
namespace=${ROSTER_NAMESPACE:-$name}
here=$server/namespaces/$namespace
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Says what comes next.
step() {
  printf '\n== %s\n' "$*"
}

# A request: 'call METHOD URL [JSON] [curl options]'. The answer is printed, also when the server refuses. Credentials go to curl by
# a pipe, so that they do not show in the list of processes.
call() {
  method=$1
  address=$2
  shift 2
  case ${1-} in
    '{'*)
      printf '%s' "$1" >"$work/body"
      shift
      set -- --header 'Content-Type: application/json' --data-binary "@$work/body" "$@"
      ;;
  esac
  printf 'user = "%s"\n' "$credentials" | curl --silent --show-error --config - --request "$method" "$@" "$address"
}

# The first value of that name in an answer on standard input: a text without quotes and commas, a number, true or false.
field() {
  awk '{ gsub(/[,{[]/, "\n"); print }' | sed -n "s/^\"$1\":\"\{0,1\}\([^\"}\]*\).*/\1/p" | sed -n 1p
}

# What is expected, if it is in the answer on standard input; otherwise the answer, and an end.
expect() {
  answer=$(cat)
  case $answer in
    *"$1"*) printf '%s\n' "$1" ;;
    *)
      printf 'expected %s, got: %s\n' "$1" "$answer" >&2
      return 1
      ;;
  esac
}

# Publishes a document as the first version: 'publish NAME FORMAT CONTENT', the content as it stands in a JSON string.
publish() {
  call PUT "$here/configs/$1" "{\"format\": \"$2\", \"content\": \"$3\"}" >"$work/published"
  printf 'published %s, version %s\n' "$1" "$(field version <"$work/published")"
}

# A password or a name that nobody guesses.
random() {
  od -An -N 16 -t x1 /dev/urandom | tr -d ' \n'
}

# Repeats a command each second until it succeeds, 15 times at most.
wait_until() {
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    if "$@"; then return 0; fi
    sleep 1
  done
  printf 'did not come true: %s\n' "$*" >&2
  return 1
}
