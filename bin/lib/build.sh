# shellcheck shell=sh
# Builds what is to be run, when it has to be. Read by bin/roster.

server_sources='pom.xml registry-api registry-client admin-ui registry-server'
sample_sources="$server_sources registry-client-starter registry-test config-samples"

# changed_since STAMP FOLDER…: whether anything that ends up in a jar is newer than the stamp. A removed file shows in its
# folder's time.
changed_since() {
  stamp=$1
  shift
  [ -f "$stamp" ] || return 0
  [ -n "$(find "$@" -name target -prune -o \( -path '*/src/main' -o -path '*/src/main/*' -o -name pom.xml \) \
    -newer "$stamp" -print | head -n 1)" ]
}

# build NAME MODULES JAR SOURCES: runs Maven unless the jar is there and newer than the sources. The stamp is taken before
# the build starts, so that what is saved meanwhile is built next time. The jar's own time says nothing: it is fixed, to
# make builds reproducible.
build() {
  stamp_file=$state/built-$1
  # The sources are a list of plain names.
  # shellcheck disable=SC2086
  if [ -f "$3" ] && ! changed_since "$stamp_file" $4; then
    return 0
  fi
  mkdir -p "$state"
  : >"$stamp_file.started"
  say "building $2 with the JDK at $jdk (the first time Maven also fetches libraries: some minutes)"
  build_log=$state/build-$1.log
  JAVA_HOME=$jdk ./mvnw -B -ntp -Dquick -pl "$2" -am package >"$build_log" 2>&1 &
  build_pid=$!
  trap 'kill "$build_pid" 2>/dev/null; exit 130' INT
  trap 'kill "$build_pid" 2>/dev/null; exit 143' TERM HUP
  show_progress "$build_pid" "$build_log"
  build_code=0
  wait "$build_pid" || build_code=$?
  trap - INT TERM HUP
  if [ "$build_code" -ne 0 ]; then
    grep -F '[ERROR]' "$build_log" | head -n 12 >&2 || true
    fail "the build has failed (exit code $build_code); everything it said is in $build_log"
  fi
  mv "$stamp_file.started" "$stamp_file"
  say "built in $progress_seconds s"
}

# show_progress PID LOG: a line for every module that Maven begins, and one in every 15 s when it says nothing.
show_progress() {
  progress_seconds=0
  progress_shown=''
  while [ -n "$(command_of "$1")" ]; do
    sleep 1
    progress_seconds=$((progress_seconds + 1))
    progress_module=$(sed -n 's/^\[INFO\] Building \([^ ]*\) .*\[\([0-9]*\/[0-9]*\)\]$/[\2] \1/p' "$2" | tail -n 1)
    if [ "$progress_module" != "$progress_shown" ]; then
      progress_shown=$progress_module
      say "  $progress_shown"
    elif [ $((progress_seconds % 15)) -eq 0 ]; then
      say "  still building ($progress_seconds s)"
    fi
  done
}

# Builds the server and unpacks it, because a JVM starts faster from plain jars than from a jar within a jar.
build_server() {
  find_jdk
  packed_jar=registry-server/target/registry-server-$(project_version)-exec.jar
  build server registry-server "$packed_jar" "$server_sources"
  server_home=$state/server
  server_jar=$server_home/${packed_jar##*/}
  server_cache=$server_home/start-up.aot
  if [ ! -f "$server_jar" ] || [ -n "$(find "$state/built-server" -newer "$server_jar")" ]; then
    rm -rf "$server_home"
    "$jdk/bin/java" -Djarmode=tools -jar "$packed_jar" extract --destination "$server_home"
    touch "$server_jar"
  fi
}

# Starts the server once, up to where it would listen, to remember its loaded and linked classes. That takes as long as a
# start, and more than halves every later one; so it is done when several are to come.
prepare_start_up() {
  [ ! -f "$server_cache" ] || return 0
  say 'preparing a cache for faster starts (once after every build)'
  training=$(mktemp -d)
  "$jdk/bin/java" @registry-server/jvm.options "-XX:AOTCacheOutput=$server_cache" -Dspring.context.exit=onRefresh \
    -jar "$server_jar" "--roster.data-dir=$training" --server.port=0 --roster.cluster.port=7409 \
    >"$state/start-up.log" 2>&1 || say "there will be none: see $state/start-up.log"
  rm -rf "$training"
}

build_samples() {
  find_jdk
  build samples config-samples/inventory,config-samples/orders \
    "config-samples/orders/target/orders-sample-$(project_version)-exec.jar" "$sample_sources"
}
