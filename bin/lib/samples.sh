# shellcheck shell=sh
# The two sample applications. Read by bin/roster.

samples() {
  [ $# -eq 0 ] || usage_error 'samples takes no argument'
  if running server >/dev/null; then
    sample_urls=http://127.0.0.1:$(cat "$run/server.port")
    sample_passwords=$(cat "$run/server.data")/admin-password
  elif running member-1 >/dev/null || running member-2 >/dev/null || running member-3 >/dev/null; then
    sample_urls=$member_urls
    sample_passwords=$member_passwords
  else
    fail "no server runs; 'bin/roster start' in another terminal starts one"
  fi
  for sample in inventory orders; do refuse_if_running "$sample"; done
  build_samples
  # A token for the samples, and the configuration that they read, unless it is there already.
  calls prepare-samples "$sample_urls" "$sample_passwords" "$state/samples-token" config-samples/configuration
  end_on_signals
  for sample in inventory orders; do start_behind "$sample" exec_sample "$sample"; done
  say 'both samples start; Ctrl-C stops them; config-samples/README.md says what to try'
  watch_started
}

exec_sample() {
  ROSTER_CLIENT_ADDRESSES=$sample_urls
  ROSTER_CLIENT_TOKENFILE=$root/$state/samples-token
  export ROSTER_CLIENT_ADDRESSES ROSTER_CLIENT_TOKENFILE
  exec "$jdk/bin/java" "-Droster.launched=$1" -jar "config-samples/$1/target/$1-sample-$(project_version)-exec.jar"
}
