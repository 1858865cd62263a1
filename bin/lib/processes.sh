# shellcheck shell=sh
# Processes that the launcher starts: their pid files, their output, their end. Read by bin/roster.

# Those that run behind this script, as ' name:pid …'.
started=''

# command_of PID: the command line of a process, empty if it has ended (also while nobody has collected its exit code).
command_of() {
  if [ -d /proc/self ]; then
    # Fails when the process has ended; then there is no command line to tell.
    { tr '\0' ' ' <"/proc/$1/cmdline"; } 2>/dev/null || true
  else
    ps -o stat=,args= -p "$1" 2>/dev/null | sed '/^ *Z/d' || true
  fi
}

# running NAME: prints the pid of a process that this script started and that still runs; fails if there is none. The
# command line is compared too, because the number may belong to another program after a restart of the machine.
running() {
  [ -f "$run/$1.pid" ] || return 1
  running_pid=$(cat "$run/$1.pid")
  case $(command_of "$running_pid") in
    *"-Droster.launched=$1 "*) printf '%s\n' "$running_pid" ;;
    *) return 1 ;;
  esac
}

refuse_if_running() {
  if already=$(running "$1"); then
    fail "$1 runs already (process $already); 'bin/roster stop' stops it"
  fi
}

# remember NAME PID: writes the pid file.
remember() {
  mkdir -p "$run"
  printf '%s\n' "$2" >"$run/$1.pid"
}

# start_behind NAME COMMAND ARGUMENT…: starts a process behind this script, its name before each line that it prints.
start_behind() {
  behind=$1
  shift
  mkdir -p "$run"
  rm -f "$run/$behind.pipe"
  mkfifo "$run/$behind.pipe"
  while IFS= read -r line; do printf '%s | %s\n' "$behind" "$line"; done <"$run/$behind.pipe" &
  "$@" >"$run/$behind.pipe" 2>&1 &
  remember "$behind" "$!"
  started="$started $behind:$!"
}

# end_on_signals: a signal to this script ends what it started, and then the script as the signal would have.
end_on_signals() {
  trap 'end_started 129' HUP
  trap 'end_started 130' INT
  trap 'end_started 143' TERM
}

# end_started CODE: stops what this script started, with force what takes longer than 30 s.
end_started() {
  trap '' HUP INT TERM
  for entry in $started; do kill -TERM "${entry#*:}" 2>/dev/null || true; done
  for entry in $started; do
    await_end "${entry#*:}" 30 || kill -KILL "${entry#*:}" 2>/dev/null || true
  done
  wait
  exit "$1"
}

# watch_started: says which process has ended, and ends itself when none is left: with 0 if all were stopped in an orderly
# way, else with the last bad exit code.
watch_started() {
  worst=0
  while [ -n "$started" ]; do
    sleep 1
    left=''
    for entry in $started; do
      if [ -n "$(command_of "${entry#*:}")" ]; then
        left="$left $entry"
        continue
      fi
      code=0
      wait "${entry#*:}" || code=$?
      case $code in
        0 | 143) say "${entry%%:*} has been stopped" ;;
        *)
          worst=$code
          say "${entry%%:*} has ended with exit code $code"
          ;;
      esac
    done
    started=$left
  done
  exit "$worst"
}

# await_end PID SECONDS: waits until a process has ended; fails if it takes longer.
await_end() {
  waited=0
  while [ -n "$(command_of "$1")" ]; do
    [ "$waited" -lt "$2" ] || return 1
    sleep 1
    waited=$((waited + 1))
  done
}

stop_all() {
  stopped=0
  failed=0
  # Samples first: they deregister while there is still a server.
  for name in orders inventory server member-1 member-2 member-3; do
    pid=$(running "$name") || continue
    say "stopping $name (process $pid)"
    kill -TERM "$pid" 2>/dev/null || true
    if await_end "$pid" 30; then
      stopped=$((stopped + 1))
      rm -f "$run/$name.pid"
    else
      failed=$((failed + 1))
      say "$name has not stopped within 30 s; 'kill -9 $pid' ends it" >&2
    fi
  done
  [ "$stopped" -gt 0 ] || [ "$failed" -gt 0 ] || say 'nothing runs'
  [ "$failed" -eq 0 ]
}
