# shellcheck shell=sh
# Three members on this machine, to try a cluster out. Read by bin/roster.

member_addresses=member-1=127.0.0.1:7401,member-2=127.0.0.1:7411,member-3=127.0.0.1:7421
member_urls=http://127.0.0.1:7400,http://127.0.0.1:7410,http://127.0.0.1:7420
# The member that made the first user has written its password; the file is on that one only.
member_passwords=$data/member-1/admin-password,$data/member-2/admin-password,$data/member-3/admin-password

cluster() {
  case ${1-} in
    '' | --*) cluster_start "$@" ;;
    status) cluster_status ;;
    kill-leader) cluster_kill_leader ;;
    kill)
      check_member_number "${2-}"
      cluster_kill "member-$2"
      ;;
    restart)
      check_member_number "${2-}"
      shift
      cluster_restart "$@"
      ;;
    *) usage_error "unknown action '$1' of cluster" ;;
  esac
}

check_member_number() {
  case $1 in
    [123]) ;;
    *) usage_error "a member is 1, 2 or 3, not '$1'" ;;
  esac
}

# What distinguishes the members cannot be given for all of them.
check_member_options() {
  check_options "$@"
  for argument in "$@"; do
    case $argument in
      --server.port=* | --roster.data-dir=* | --roster.cluster.*)
        usage_error "cluster chooses ${argument%%=*} itself (ROSTER_DATA names the folder for data)"
        ;;
    esac
  done
}

# exec_member NUMBER OPTION…: becomes the JVM of a member.
exec_member() {
  number=$1
  shift
  exec_server "member-$number" \
    "--server.port=74$((number - 1))0" \
    "--roster.data-dir=$data/member-$number" \
    "--roster.cluster.member=member-$number" \
    "--roster.cluster.members=$member_addresses" \
    "--roster.cluster.port=74$((number - 1))1" \
    "--roster.cluster.join-token-file=$data/join-token" \
    "$@"
}

# The token by which the three know each other; made once.
provide_join_token() {
  [ -f "$data/join-token" ] || "$jdk/bin/java" -jar "$server_jar" join-token "$data/join-token" >/dev/null
}

cluster_start() {
  check_member_options "$@"
  for number in 1 2 3; do refuse_if_running "member-$number"; done
  build_server
  provide_join_token
  prepare_start_up
  end_on_signals
  for number in 1 2 3; do start_behind "member-$number" exec_member "$number" "$@"; done
  say 'three members start:'
  for number in 1 2 3; do say "  member-$number  http://127.0.0.1:74$((number - 1))0  data in $data/member-$number"; done
  say "Ctrl-C here, or 'bin/roster stop' elsewhere, stops them"
  say "'bin/roster cluster kill-leader' ends the leader, 'bin/roster cluster restart N' starts member N again"
  watch_started
}

cluster_status() {
  find_jdk
  alive=0
  for number in 1 2 3; do
    if pid=$(running "member-$number"); then
      alive=$((alive + 1))
      say "member-$number runs (process $pid)"
    else
      say "member-$number does not run"
    fi
  done
  [ "$alive" -gt 0 ] || exit 1
  leader=$(calls leader "$member_urls" "$member_passwords") || exit 1
  say "$leader leads"
}

cluster_kill_leader() {
  find_jdk
  leader=$(calls leader "$member_urls" "$member_passwords") || exit 1
  cluster_kill "$leader"
}

cluster_kill() {
  pid=$(running "$1") || fail "$1 does not run"
  kill -KILL "$pid"
  say "ended $1 (process $pid) with kill -9; 'bin/roster cluster restart ${1#member-}' starts it again"
}

cluster_restart() {
  number=$1
  shift
  check_member_options "$@"
  refuse_if_running "member-$number"
  build_server
  provide_join_token
  remember "member-$number" "$$"
  exec_member "$number" "$@"
}

join_token() {
  case ${1-} in
    '') set -- join-token ;;
    -*) usage_error 'join-token takes the name of a file, and nothing else' ;;
  esac
  operator_command join-token "$@"
}

master_key() {
  case ${1-} in
    '') set -- master-key ;;
    -*) usage_error 'master-key takes the name of a file, and nothing else' ;;
  esac
  operator_command master-key "$@"
}

certificates() {
  [ $# -ge 2 ] || usage_error 'certificates needs a folder and at least one host'
  find_jdk
  exec "$jdk/bin/java" bin/lib/MemberCertificates.java "$@"
}
