# shellcheck shell=sh
# One server. Read by bin/roster.

# exec_server NAME OPTION…: becomes the server's JVM, so that signals reach it and its exit code is the script's.
exec_server() {
  launched=-Droster.launched=$1
  shift
  set -- "$launched" -jar "$server_jar" "$@"
  [ ! -f "$server_cache" ] || set -- "-XX:AOTCache=$server_cache" "$@"
  exec "$jdk/bin/java" @registry-server/jvm.options "$@"
}

check_options() {
  for argument in "$@"; do
    case $argument in
      --?*=*) ;;
      *) usage_error "a property of the server looks like --name=value, not '$argument'" ;;
    esac
  done
}

# option_of NAME DEFAULT ARGUMENT…: the value of --NAME=value among the arguments, or the default.
option_of() {
  option=$1
  value=$2
  shift 2
  for argument in "$@"; do
    case $argument in
      "--$option="*) value=${argument#*=} ;;
    esac
  done
  printf '%s\n' "$value"
}

server_start() {
  check_options "$@"
  refuse_if_running server
  # A property that is given twice would become a list.
  case " $*" in
    *' --roster.data-dir='*) ;;
    *) set -- "--roster.data-dir=$data" "$@" ;;
  esac
  build_server
  remember server "$$"
  # For 'samples', which is started later and has to find this server.
  option_of server.port 7400 "$@" >"$run/server.port"
  option_of roster.data-dir "$data" "$@" >"$run/server.data"
  exec_server server "$@"
}

# operator_command COMMAND ARGUMENT…: what the server's jar does besides serving.
operator_command() {
  case ${2-} in
    '' | -*) usage_error "$1 wants a file" ;;
    /*) ;;
    *)
      named=$1
      file=$caller/$2
      shift 2
      set -- "$named" "$file" "$@"
      ;;
  esac
  case $* in
    'join-token '* | 'master-key '*) ;;
    'restore '*'--roster.data-dir='*) ;;
    'restore '*) set -- "$@" "--roster.data-dir=$data" ;;
    'backup '*'--password-file='* | 'backup '*'--token-file='*) ;;
    *) set -- "$@" "--password-file=$data/admin-password" ;;
  esac
  build_server
  exec "$jdk/bin/java" -jar "$server_jar" "$@"
}

# server_command COMMAND ARGUMENT…: what is asked of a running server.
server_command() {
  case $* in
    *'--password-file='* | *'--token-file='*) ;;
    *) set -- "$@" "--password-file=$data/admin-password" ;;
  esac
  build_server
  exec "$jdk/bin/java" -jar "$server_jar" "$@"
}

# audit_command ARGUMENT…: verifies the audit log of a running server, or of the backup that the second argument names.
audit_command() {
  case ${2-} in
    '' | -*) server_command audit "$@" ;;
    *)
      case $2 in
        /*) file=$2 ;;
        *) file=$caller/$2 ;;
      esac
      build_server
      exec "$jdk/bin/java" -jar "$server_jar" audit "$1" "$file"
      ;;
  esac
}

# config_command export|import PATH ARGUMENT…: the configuration of a running server.
config_command() {
  case ${2-} in
    '' | -*) usage_error "config wants export or import, and a folder or a file" ;;
    /*) ;;
    *)
      action=$1
      path=$caller/$2
      shift 2
      set -- "$action" "$path" "$@"
      ;;
  esac
  case $* in
    *'--password-file='* | *'--token-file='*) ;;
    *) set -- "$@" "--password-file=$data/admin-password" ;;
  esac
  build_server
  exec "$jdk/bin/java" -jar "$server_jar" config "$@"
}

# calls COMMAND ARGUMENT…: HTTP without curl, which need not be installed.
calls() {
  "$jdk/bin/java" bin/lib/LauncherCalls.java "$@"
}
